using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// Writes one archive: gathers content into frames, compresses each when it is full, and passes it on to the output.
/// After a failure or a cancellation content is missing, so the archive is never ended: it reads as truncated.
/// </summary>
internal sealed class ArchiveWriter : IArchiveWriter
{
    /// <summary>First length of the buffer, which doubles up to a frame: most messages are short.</summary>
    private const int FirstLength = 1 << 14;

    private readonly NacrithEngine _engine;
    private readonly Stream _output;
    private readonly int _levelNumber;
    private readonly Level _level;
    private readonly ProgressTracker _tracker;
    private readonly int _frameLength;

    /// <summary>Bytes of the archive that are not passed on yet: a frame is compressed before the output is waited for.</summary>
    private readonly MemoryStream _pending = new();
    private readonly ContainerWriter _container;
    private FrameCompressor? _compressor;
    private byte[] _content = [];
    private int _length;
    private Exception? _failure;

    /// <summary>Begins an archive.</summary>
    /// <param name="engine">Computes.</param>
    /// <param name="output">Receives the archive.</param>
    /// <param name="options">How to compress.</param>
    /// <param name="progress">Told after every few tokens.</param>
    /// <param name="frameLength">Bytes of content in a frame.</param>
    public ArchiveWriter(
        NacrithEngine engine, Stream output, CompressOptions options, IProgress<CodecProgress>? progress,
        int frameLength = Level.FrameLength)
    {
        _engine = engine;
        _output = output;
        _levelNumber = options.Level;
        _level = Level.Of(options.Level);
        _tracker = new ProgressTracker(progress);
        _frameLength = frameLength;
        _container = new ContainerWriter(_pending) { StoresWhereShorter = true };
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
                CompressFrame(cancel);
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
                await CompressFrameAsync(cancel).ConfigureAwait(false);
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
        IsComplete ? "The archive is complete." : "Writing failed or was cancelled before; the archive stays incomplete.",
        _failure);

    /// <summary>Moves content into the frame; returns whether the frame is full.</summary>
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

    private void CompressFrame(CancellationToken cancel)
    {
        using (var turn = _engine.Enter(cancel))
        {
            Compress(turn, cancel);
        }

        PassOn();
    }

    private async ValueTask CompressFrameAsync(CancellationToken cancel)
    {
        using (var turn = await _engine.EnterAsync(cancel).ConfigureAwait(false))
        {
            // A frame takes minutes, so it gets a thread of the pool.
            await Task.Run(() => Compress(turn, cancel), cancel).ConfigureAwait(false);
        }

        await PassOnAsync(cancel).ConfigureAwait(false);
    }

    private void Compress(Turn turn, CancellationToken cancel)
    {
        _tracker.Cancel = cancel;
        var content = _content.AsSpan(0, _length);
        var frame = Begin(_length).Compress(content, turn, _tracker);
        _container.WriteDataFrame(content, frame.Regions, frame.Text, frame.TextPayload, frame.BytesPayload);
        _tracker.Frame(_length, frame.Length, frame.Text.TokenCount);
        _length = 0;
    }

    private void End(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Begin(0);
        _container.WriteEnd();
        _tracker.Total(Position, BytesWritten + _pending.Length);
    }

    /// <summary>Writes the header before the first frame: the parameters depend on its length.</summary>
    private FrameCompressor Begin(int firstLength)
    {
        if (_compressor is null)
        {
            var parameters = _level.Parameters(firstLength, _engine.Positions);
            _container.WriteHeader(new ArchiveHeader
            {
                Codec = _engine.Identity(_level.Plan),
                Level = _levelNumber,
                Parameters = parameters.ToHeader(),
            });
            _compressor = new FrameCompressor(_level, parameters);
        }

        return _compressor;
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
