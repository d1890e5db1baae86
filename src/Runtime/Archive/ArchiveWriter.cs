using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// Writes one archive: gathers content into frames, compresses each when it is full, and writes it to the output.
/// After a failure or a cancellation content is missing, so the archive is never completed: it reads as truncated.
/// </summary>
internal sealed class ArchiveWriter : IArchiveWriter
{
    /// <summary>
    /// Bytes of content in a frame. Every frame starts cold, and takes about 60 bytes and 16 of the index, so content that
    /// is only stored grows by less than 0.01 %.
    /// </summary>
    public const int DefaultFrameLength = 4 << 20;

    /// <summary>Initial length of the buffer, which doubles up to a frame: most messages are short.</summary>
    private const int FirstLength = 1 << 14;

    private readonly NacrithEngine _engine;
    private readonly Stream _output;
    private readonly Profile _profile;
    private readonly CompressOptions _options;
    private readonly ProgressTracker _tracker;
    private readonly int _frameLength;

    /// <summary>Bytes of the archive not yet written: a frame is compressed before the output is awaited.</summary>
    private readonly MemoryStream _pending = new();
    private readonly ContainerWriter _container;
    private readonly FrameCompressor _compressor;
    private bool _hasBegun;
    private byte[] _content = [];
    private int _length;
    private Exception? _failure;

    /// <summary>Begins an archive.</summary>
    /// <param name="engine">Compresses.</param>
    /// <param name="output">Receives the archive.</param>
    /// <param name="profile">The parameters.</param>
    /// <param name="options">The dictionary, and the level for information.</param>
    /// <param name="progress">Receives progress every few tokens.</param>
    /// <param name="frameLength">Bytes of content in a frame.</param>
    public ArchiveWriter(
        NacrithEngine engine, Stream output, Profile profile, CompressOptions options,
        IProgress<CodecProgress>? progress, int frameLength)
    {
        _engine = engine;
        _output = output;
        _profile = profile;
        _options = options;
        _compressor = new FrameCompressor(profile, options.Dictionary);
        _tracker = new ProgressTracker(progress) { Observer = options.Observer };
        _frameLength = frameLength;
        _container = new ContainerWriter(_pending);
    }

    public long Position { get; private set; }

    public long BytesWritten { get; private set; }

    public bool IsComplete { get; private set; }

    public bool HasFailed => _failure is not null;

    public void Write(ReadOnlySpan<byte> content, CancellationToken cancel)
    {
        Check();
        try
        {
            cancel.ThrowIfCancellationRequested();
            while (Take(ref content))
            {
                CompressFrame(cancel);
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Check();
        try
        {
            cancel.ThrowIfCancellationRequested();
            while (Take(ref content))
            {
                await CompressFrameAsync(cancel).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public void Complete(CancellationToken cancel)
    {
        Check();
        try
        {
            if (_length > 0)
            {
                CompressFrame(cancel, isLast: true);
            }

            End(cancel);
            PassOn();
            _output.Flush();
            IsComplete = true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancel)
    {
        Check();
        try
        {
            if (_length > 0)
            {
                await CompressFrameAsync(cancel, isLast: true).ConfigureAwait(false);
            }

            End(cancel);
            await PassOnAsync(cancel).ConfigureAwait(false);
            await _output.FlushAsync(cancel).ConfigureAwait(false);
            IsComplete = true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }

    public void Dispose()
    {
        _container.Dispose();
        _pending.Dispose();
    }

    private void Check()
    {
        if (IsComplete || HasFailed)
        {
            ThrowCannotWrite();
        }
    }

    [DoesNotReturn]
    private void ThrowCannotWrite() => throw new InvalidOperationException(
        IsComplete ? "The archive is complete." : "An earlier call failed or was cancelled; the archive is incomplete.",
        _failure);

    /// <summary>Copies content into the frame; returns whether the frame is full.</summary>
    private bool Take(ref ReadOnlySpan<byte> content)
    {
        var length = Math.Min(content.Length, _frameLength - _length);
        if (_length + length > _content.Length)
        {
            var wanted = Math.Max(_length + length, Math.Max(2 * _content.Length, FirstLength));
            Array.Resize(ref _content, Math.Min(wanted, _frameLength));
        }

        content[..length].CopyTo(_content.AsSpan(_length));
        content = content[length..];
        _length += length;
        Position += length;
        return _length == _frameLength;
    }

    private bool Take(ref ReadOnlyMemory<byte> content)
    {
        var span = content.Span;
        var isFull = Take(ref span);
        content = content[^span.Length..];
        return isFull;
    }

    private void CompressFrame(CancellationToken cancel, bool isLast = false)
    {
        using (var turn = _engine.Enter(cancel))
        {
            Compress(turn, isLast, cancel);
        }

        PassOn();
    }

    private async ValueTask CompressFrameAsync(CancellationToken cancel, bool isLast = false)
    {
        using (var turn = await _engine.EnterAsync(cancel).ConfigureAwait(false))
        {
            // A frame takes minutes, so it runs on the thread pool.
            await Task.Run(() => Compress(turn, isLast, cancel), cancel).ConfigureAwait(false);
        }

        await PassOnAsync(cancel).ConfigureAwait(false);
    }

    private void Compress(Turn turn, bool isLast, CancellationToken cancel)
    {
        _tracker.Cancel = cancel;
        var content = _content.AsSpan(0, _length);
        var isOnly = isLast && !_hasBegun && _profile.Number > 0;
        var container = isOnly ? BodyContainer.SmallArchive : BodyContainer.DataFrame;
        Begin();
        var frame = _compressor.Compress(content, container, turn, _tracker);
        _container.WriteFrame(frame.Body(content));
        _tracker.Frame(_length, frame.Length(content, container), frame.Text.Tokens);
        _length = 0;
    }

    private void End(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Begin();
        _container.WriteEnd();
        _tracker.Total(Position, BytesWritten + _pending.Length);
    }

    private void Begin()
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        _container.WriteHeader(new ArchiveHeader
        {
            Model = HashPrefix.Of(_engine.Identity(_profile.Plan)),
            Dictionary = _options.Dictionary?.Prefix,
            Profile = _profile.Number,
            Parameters = _profile.Number == 0 ? ProfileParameters.Write(_profile) : ArchiveHeader.NoParameters,
            Level = _options.Level,
        });
    }

    private ReadOnlyMemory<byte> Pending() => _pending.GetBuffer().AsMemory(0, (int)_pending.Length);

    private void PassOn()
    {
        _output.Write(Pending().Span);
        PassedOn();
    }

    private async ValueTask PassOnAsync(CancellationToken cancel)
    {
        await _output.WriteAsync(Pending(), cancel).ConfigureAwait(false);
        PassedOn();
    }

    private void PassedOn()
    {
        BytesWritten += _pending.Length;
        _pending.SetLength(0);
    }
}
