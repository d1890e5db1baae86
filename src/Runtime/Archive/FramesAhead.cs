using System.Runtime.ExceptionServices;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// Reads frames ahead and decompresses them at the same time. They are taken in order, and a failure comes when all content
/// before it has been taken. A pipe may be slow, so content that is ready never waits for more input.
/// </summary>
internal sealed class FramesAhead : IDisposable
{
    private readonly NacrithEngine _engine;
    private readonly IFrameSource _source;
    private readonly ArchiveDecoders _decoders;
    private readonly ProgressTracker _tracker;
    private readonly bool _isFile;
    private readonly long _end;
    private readonly long? _memoryLimit;

    /// <summary>What each frame may take of the memory.</summary>
    private long? _share;
    private readonly OrderedWork<DecodedFrame> _queue;

    /// <summary>Frames read and not started; more than one only at the start, until it is known how many there are.</summary>
    private readonly Queue<ArchiveFrame> _waiting = [];
    private long _position;
    private int _sharing;
    private Task<ArchiveFrame?>? _reading;
    private bool _hasReadAll;
    private ExceptionDispatchInfo? _failure;

    /// <param name="engine">Decompresses.</param>
    /// <param name="source">Where frames come from.</param>
    /// <param name="decoders">Decoders of their archives.</param>
    /// <param name="tracker">Receives progress.</param>
    /// <param name="isFile">Whether reading does not wait for others, so that frames can be counted before the first starts.</param>
    /// <param name="memoryLimit">Memory for all of them; null if there is enough.</param>
    /// <param name="start">Where the content that is wanted begins.</param>
    /// <param name="end">Where it ends.</param>
    public FramesAhead(
        NacrithEngine engine, IFrameSource source, ArchiveDecoders decoders, ProgressTracker tracker, bool isFile,
        long? memoryLimit, long start, long end)
    {
        _engine = engine;
        _source = source;
        _decoders = decoders;
        _tracker = tracker;
        _isFile = isFile;
        _memoryLimit = memoryLimit;
        _position = start;
        _end = end;
        _queue = new(engine.MaxWorkers * ArchiveWriter.QueueLength);
    }

    /// <summary>Ends when nothing reads the input any more.</summary>
    public Task Reading => _reading ?? Task.CompletedTask;

    private bool IsFull => _queue.Count + _waiting.Count >= _queue.Capacity;

    /// <summary>The next frame; null at the end of the content.</summary>
    /// <param name="cancel">Cancels everything.</param>
    public DecodedFrame? Take(CancellationToken cancel)
    {
        try
        {
            _source.CheckArchives();
            while (!_hasReadAll && !IsFull)
            {
                _reading ??= _isFile ? Task.FromResult(Read()) : Task.Run(Read, CancellationToken.None);
                Task.WaitAny(_queue.IsEmpty ? [_reading] : [_reading, _queue.Oldest], cancel);
                if (!_reading.IsCompleted)
                {
                    break;
                }

                Accept(_reading.Result);
            }

            StartWaiting();
            return _queue.IsEmpty ? End() : Taken(_queue.Take(cancel));
        }
        catch
        {
            _queue.Abort();
            throw;
        }
    }

    /// <inheritdoc cref="Take"/>
    public async ValueTask<DecodedFrame?> TakeAsync(CancellationToken cancel)
    {
        try
        {
            _source.CheckArchives();
            while (!_hasReadAll && !IsFull)
            {
                _reading ??= ReadAsync();
                await (_queue.IsEmpty ? _reading : (Task)Task.WhenAny(_reading, _queue.Oldest)).WaitAsync(cancel).ConfigureAwait(false);
                if (!_reading.IsCompleted)
                {
                    break;
                }

                Accept(await _reading.ConfigureAwait(false));
            }

            StartWaiting();
            return _queue.IsEmpty ? End() : Taken(await _queue.TakeAsync(cancel).ConfigureAwait(false));
        }
        catch
        {
            await _queue.AbortAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the work. A call of the input that does not return is left alone.</summary>
    public void Dispose() => _queue.Dispose();

    private async Task<ArchiveFrame?> ReadAsync()
    {
        try
        {
            await _source.PrefetchAsync(_queue.Aborted).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            return null;
        }

        return await Task.Run(Read, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Reads a frame; null at the end, and on a failure, which is kept.</summary>
    private ArchiveFrame? Read()
    {
        try
        {
            return _position < _end && _source.TryRead(_position, out var frame) ? frame : null;
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            return null;
        }
    }

    /// <summary>Takes over what has been read.</summary>
    private void Accept(ArchiveFrame? frame)
    {
        _reading = null;
        if (frame is null)
        {
            _hasReadAll = true;
            return;
        }

        _position = frame.ContentEnd;
        _waiting.Enqueue(frame);
        if (!_isFile || _sharing > 0)
        {
            StartWaiting();
        }
    }

    /// <summary>Starts as many frames as there is room for. With the first it is decided how many share the memory.</summary>
    private void StartWaiting()
    {
        if (_sharing == 0 && _waiting.Count > 0)
        {
            // A file has been read to its end, or far enough.
            var frames = _isFile && _hasReadAll ? _waiting.Count : int.MaxValue;
            _sharing = SharingWithinMemory(_engine.Sharing(frames));
            _queue.Capacity = _sharing * ArchiveWriter.QueueLength;
        }

        while (!_queue.IsFull && _waiting.TryDequeue(out var frame))
        {
            Start(frame);
        }
    }

    private void Start(ArchiveFrame frame)
    {
        // A small archive has one frame, and in a pipe usually nothing follows it.
        var isAlone = (frame.Archive.IsSmall && !_isFile) || (_share is not null && IsUnusual(frame));
        var sharing = isAlone ? 1 : _sharing;
        var share = isAlone ? null : _share;
        ArchiveDecoder? decoder = null;
        ExceptionDispatchInfo? failure = null;
        try
        {
            decoder = _decoders.For(frame.Archive);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        var tracker = _tracker.Begin(_queue.Aborted);
        if (failure is null && FrameDecompressor.IsBrief(frame.Data.Body.Head))
        {
            _queue.Do(() => new DecodedFrame(frame, decoder!.Decompress(frame.Data, default, tracker), tracker));
            return;
        }

        _queue.Start(() =>
        {
            failure?.Throw();
            using var turn = _engine.Enter(tracker.Cancel, sharing);
            return new DecodedFrame(frame, decoder!.Decompress(frame.Data, turn, tracker, share), tracker);
        });
    }

    /// <summary>How many of the frames fit in the memory, whatever their level is.</summary>
    private int SharingWithinMemory(int sharing)
    {
        if (sharing == 1 || _memoryLimit is not { } limit)
        {
            return sharing;
        }

        try
        {
            var memory = _engine.Memory;
            var predictor = Profiles.OfLevel(CompressOptions.DefaultLevel).Predictor;
            var caches = memory.Caches(TextSectionCodec.MaxCachePositions);
            var within = FrameSharing.Within(memory, limit, sharing, predictor, caches, ArchiveWriter.DefaultFrameLength);
            _share = within.Share;
            return within.Frames;
        }
        catch (EnvironmentException)
        {
            // Without a model there is no text.
            return (int)Math.Clamp(limit / WorkerRule.MemoryOfWorker, 1, sharing);
        }
    }

    /// <summary>Whether a frame may need more than its share and less than the whole.</summary>
    private static bool IsUnusual(ArchiveFrame frame) =>
        frame.Archive.Profile == 0 || frame.Data.Body.Head.ContentLength > ArchiveWriter.DefaultFrameLength;

    private DecodedFrame Taken(DecodedFrame frame)
    {
        _source.Add(frame.Frame, frame.Content, frame.Tracker);
        return frame;
    }

    private DecodedFrame? End()
    {
        _source.CheckArchives();
        _failure?.Throw();
        return null;
    }
}
