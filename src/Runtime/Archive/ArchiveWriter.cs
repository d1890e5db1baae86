using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// Writes one archive: gathers content into frames, compresses each when it is full, and writes it to the output. Frames
/// may be compressed at the same time, but are written in order, in calls of this only. After a failure or a cancellation
/// content is missing, so the archive is never completed: it reads as truncated.
/// </summary>
internal sealed class ArchiveWriter : IArchiveWriter
{
    /// <summary>
    /// Bytes of content in a frame. Every frame starts cold, and takes about 60 bytes and 16 of the index, so content that
    /// is only stored grows by less than 0.01 %.
    /// </summary>
    public const int DefaultFrameLength = 4 << 20;

    /// <summary>
    /// Frames held for each that is compressed at a time: enough that nobody waits for the one whose turn it is to be written.
    /// </summary>
    internal const int QueueLength = 2;

    private readonly NacrithEngine _engine;
    private readonly ArchiveOutput _output;
    private readonly FrameBuffer _content;
    private readonly Profile _profile;
    private readonly CompressOptions _options;
    private readonly ProgressTracker _tracker;
    private readonly int _frameLength;
    private FrameCompressor _compressor;

    /// <summary>Frames compressed at the same time; 0 before the first.</summary>
    private int _sharing;
    private OrderedWork<(FrameInWork Work, CompressedFrame Frame)>? _queue;
    private bool _hasBegun;
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
        _output = new ArchiveOutput(output);
        _content = new FrameBuffer(frameLength);
        _profile = profile;
        _options = options;
        _compressor = Compressor(options.MemoryLimit);
        _tracker = new ProgressTracker(progress) { Observer = options.Observer };
        _frameLength = frameLength;
    }

    public long Position => _content.Position;

    public long BytesWritten => _output.BytesWritten;

    public bool IsComplete { get; private set; }

    public bool HasFailed => _failure is not null;

    public void Write(ReadOnlySpan<byte> content, CancellationToken cancel)
    {
        Check();
        try
        {
            cancel.ThrowIfCancellationRequested();
            while (_content.Take(ref content))
            {
                CompressFrame(cancel);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Check();
        try
        {
            cancel.ThrowIfCancellationRequested();
            while (_content.Take(ref content))
            {
                await CompressFrameAsync(cancel).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            await FailAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    public void Complete(CancellationToken cancel)
    {
        Check();
        try
        {
            if (_content.Length > 0)
            {
                CompressFrame(cancel, isLast: true);
            }

            while (_queue is { IsEmpty: false })
            {
                WriteOldest(cancel);
            }

            End(cancel);
            _output.PassOn();
            _output.Flush();
            IsComplete = true;
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancel)
    {
        Check();
        try
        {
            if (_content.Length > 0)
            {
                await CompressFrameAsync(cancel, isLast: true).ConfigureAwait(false);
            }

            while (_queue is { IsEmpty: false })
            {
                await WriteOldestAsync(cancel).ConfigureAwait(false);
            }

            End(cancel);
            await _output.PassOnAsync(cancel).ConfigureAwait(false);
            await _output.FlushAsync(cancel).ConfigureAwait(false);
            IsComplete = true;
        }
        catch (Exception exception)
        {
            await FailAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        _queue?.Dispose();
        _output.Dispose();
    }

    /// <summary>The first failure counts. What is in work is given up.</summary>
    private void Fail(Exception exception)
    {
        _failure = exception;
        _queue?.Abort();
    }

    private ValueTask FailAsync(Exception exception)
    {
        _failure = exception;
        return _queue?.AbortAsync() ?? default;
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

    private void CompressFrame(CancellationToken cancel, bool isLast = false)
    {
        if (IsAlone(isLast))
        {
            var work = NextFrame(isLast, cancel);
            Add(work, Compress(work));
            _output.PassOn();
            return;
        }

        if (_queue!.IsFull)
        {
            WriteOldest(cancel);
        }

        Start(NextFrame(isLast, _queue.Aborted));
        while (_queue is { IsEmpty: false, Oldest.IsCompleted: true })
        {
            WriteOldest(cancel);
        }
    }

    private async ValueTask CompressFrameAsync(CancellationToken cancel, bool isLast = false)
    {
        if (IsAlone(isLast))
        {
            var work = NextFrame(isLast, cancel);
            Add(work, await CompressAsync(work).ConfigureAwait(false));
            await _output.PassOnAsync(cancel).ConfigureAwait(false);
            return;
        }

        if (_queue!.IsFull)
        {
            await WriteOldestAsync(cancel).ConfigureAwait(false);
        }

        Start(NextFrame(isLast, _queue.Aborted));
        while (_queue is { IsEmpty: false, Oldest.IsCompleted: true })
        {
            await WriteOldestAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the frame has the engine to itself; decided with the first frame.</summary>
    private bool IsAlone(bool isLast)
    {
        if (_sharing == 0)
        {
            var frames = isLast ? 1 : _options.ContentLength is { } length
                ? Math.Max((length + _frameLength - 1) / _frameLength, 1)
                : long.MaxValue;

            // An observer learns of frames in their order.
            _sharing = _options.Observer is null ? _engine.Sharing(frames) : 1;
            if (_sharing > 1 && _options.MemoryLimit is { } limit)
            {
                var memory = _engine.Memory;
                var caches = memory.Caches(_profile.Lanes.MaxLanes, long.MaxValue, _profile.Window);
                (_sharing, var share) = FrameSharing.Within(memory, limit, _sharing, _profile.Predictor, caches, _frameLength);
                _compressor = Compressor(share);
            }

            if (_sharing > 1)
            {
                _queue = new(QueueLength * _sharing);
            }
        }

        return _sharing == 1;
    }

    private FrameCompressor Compressor(long? memoryLimit) => new(_profile, _options.Dictionary, memoryLimit ?? long.MaxValue);

    private FrameInWork NextFrame(bool isLast, CancellationToken cancel)
    {
        var isOnly = isLast && !_hasBegun && _profile.Number > 0 && !_options.IsPart;
        var container = isOnly ? BodyContainer.SmallArchive : BodyContainer.DataFrame;
        Begin();
        var (buffer, length) = _content.Detach();
        return new FrameInWork(buffer, length, container, _tracker.Begin(cancel));
    }

    private void Start(FrameInWork work) => _queue!.Start(() => (work, Compress(work)));

    private CompressedFrame Compress(FrameInWork work)
    {
        using var turn = _engine.Enter(work.Tracker.Cancel, _sharing);
        return _compressor.Compress(work.Content, work.Container, turn, work.Tracker);
    }

    private async ValueTask<CompressedFrame> CompressAsync(FrameInWork work)
    {
        var cancel = work.Tracker.Cancel;
        using var turn = await _engine.EnterAsync(cancel).ConfigureAwait(false);

        // A frame takes minutes, so it runs on the thread pool.
        return await Task.Run(() => _compressor.Compress(work.Content, work.Container, turn, work.Tracker), cancel)
            .ConfigureAwait(false);
    }

    private void WriteOldest(CancellationToken cancel)
    {
        var (work, frame) = _queue!.Take(cancel);
        Add(work, frame);
        _output.PassOn();
    }

    private async ValueTask WriteOldestAsync(CancellationToken cancel)
    {
        var (work, frame) = await _queue!.TakeAsync(cancel).ConfigureAwait(false);
        Add(work, frame);
        await _output.PassOnAsync(cancel).ConfigureAwait(false);
    }

    private void Add(FrameInWork work, CompressedFrame frame)
    {
        _output.Container.WriteFrame(frame.Body(work.Content));
        if (_options.IsPart)
        {
            // Otherwise a single frame would become a small archive.
            _output.Container.Flush();
        }

        _tracker.Frame(work.Tracker, work.Length, frame.Length(work.Content, work.Container), frame.Text.Tokens);
        _content.Return(work.Buffer);
    }

    private void End(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Begin();
        _output.Container.WriteEnd();
        _tracker.Total(Position, _output.Length);
    }

    private void Begin()
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        _output.Container.WriteHeader(new ArchiveHeader
        {
            Model = HashPrefix.Of(_engine.Identity(_profile.Plan)),
            Dictionary = _options.Dictionary?.Prefix,
            Profile = _profile.Number,
            Parameters = _profile.Number == 0 ? ProfileParameters.Write(_profile) : ArchiveHeader.NoParameters,
            Level = _options.Level,
        });
    }
}
