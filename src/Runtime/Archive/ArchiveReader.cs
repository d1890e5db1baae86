using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// Reads the content of archives, and holds one frame of it. It starts by reading in order, which checks everything;
/// after a seek out of the current frame it looks frames up in the index. It may read further frames ahead, and
/// decompress them at the same time.
/// </summary>
internal sealed class ArchiveReader : IArchiveReader
{
    private readonly NacrithEngine _engine;
    private readonly Stream _input;
    private readonly DecompressOptions _options;
    private readonly ProgressTracker _tracker;
    private readonly SequentialFrames _sequence;
    private readonly long _origin;
    private IFrameSource _source;
    private readonly ArchiveDecoders _decoders;
    private ContentMap? _map;
    private FramesAhead? _ahead;

    /// <summary>A frame that has been read; it is kept if its decompression is cancelled.</summary>
    private ArchiveFrame? _next;
    private byte[] _content = [];
    private long _start;

    /// <summary>Creates a reader.</summary>
    /// <param name="engine">Decompresses.</param>
    /// <param name="input">Holds archives from its current position.</param>
    /// <param name="options">Limits and dictionary. The caller applies the range.</param>
    /// <param name="progress">Receives progress every few tokens.</param>
    public ArchiveReader(
        NacrithEngine engine, Stream input, DecompressOptions options, IProgress<CodecProgress>? progress)
    {
        _engine = engine;
        _input = input;
        _options = options;
        _decoders = new ArchiveDecoders(engine, options);
        _tracker = new ProgressTracker(progress) { Observer = options.Observer };
        _sequence = new SequentialFrames(input, options, _tracker);
        _source = _sequence;
        _origin = input.CanSeek ? input.Position : 0;
    }

    public long Position { get; private set; }

    public long Length => Map.OriginalLength;

    /// <summary>Whether frames are looked up in the index, which reads only the frames needed.</summary>
    public bool IsIndexed => _source != _sequence;

    public ReadOnlyMemory<byte> Available =>
        Position >= _start && Position - _start < _content.Length
            ? _content.AsMemory((int)(Position - _start))
            : default;

    private ContentMap Map
    {
        get
        {
            if (_map is null)
            {
                // Sequential reading continues from this position.
                var position = _input.Position;
                _input.Position = _origin;
                try
                {
                    _map = ContentMap.Read(_input, _options.Limits, _options.Trailing);
                }
                finally
                {
                    _input.Position = position;
                }
            }

            return _map;
        }
    }

    /// <summary>
    /// Reads frames ahead from now on, if frames can be decompressed at the same time. Calls are then not repeated after one
    /// was cancelled, and there are no seeks.
    /// </summary>
    /// <param name="end">Where the content that is wanted ends.</param>
    public void ReadAhead(long end)
    {
        // An observer learns of frames in their order.
        if (_engine.MaxWorkers > 1 && _options.Observer is null)
        {
            _sequence.IsAhead = true;
            _ahead = new FramesAhead(_engine, _source, _decoders, _tracker, _input.CanSeek, _options.MemoryLimit, Position, IsIndexed ? end : long.MaxValue);
        }
    }

    public bool Fill(CancellationToken cancel)
    {
        if (_ahead is not null)
        {
            while (Available.IsEmpty)
            {
                if (_ahead.Take(cancel) is not { } frame)
                {
                    return false;
                }

                Show(frame.Frame, frame.Content);
            }

            return true;
        }

        while (Available.IsEmpty)
        {
            if (!TryReadFrame())
            {
                return false;
            }

            using var turn = _engine.Enter(cancel);
            Decompress(turn, cancel);
        }

        return true;
    }

    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (_ahead is not null && Available.IsEmpty)
        {
            if (await _ahead.TakeAsync(cancel).ConfigureAwait(false) is not { } frame)
            {
                return false;
            }

            Show(frame.Frame, frame.Content);
        }

        while (Available.IsEmpty)
        {
            if (_next is null)
            {
                await _source.PrefetchAsync(cancel).ConfigureAwait(false);
            }

            // Both may take long, the second minutes, so they run on the thread pool.
            if (!await Task.Run(TryReadFrame, cancel).ConfigureAwait(false))
            {
                return false;
            }

            using var turn = await _engine.EnterAsync(cancel).ConfigureAwait(false);
            await Task.Run(() => Decompress(turn, cancel), cancel).ConfigureAwait(false);
        }

        return true;
    }

    public void Advance(int count) => Position += count;

    public void Seek(long position)
    {
        var isInFrame = position >= _start && position - _start <= _content.Length;
        if (IsIndexed || _sequence.HasFailed || !isInFrame)
        {
            SeekByIndex(position);
        }
        else
        {
            Position = position;
        }
    }

    /// <summary>
    /// Moves to any offset, and from then on looks frames up in the index; requires an input that can seek.
    /// </summary>
    public void SeekByIndex(long position)
    {
        _source = IsIndexed ? _source : new IndexedFrames(Map, _tracker);
        _next = null;
        Position = position;
    }

    public void Dispose()
    {
        if (_ahead is null)
        {
            _sequence.Dispose();
        }
        else
        {
            _ahead.Dispose();
            _ahead.Reading.ContinueWith(_ => _sequence.Dispose(), TaskScheduler.Default);
        }
    }

    private bool TryReadFrame() => _next is not null || _source.TryRead(Position, out _next);

    private void Decompress(Turn turn, CancellationToken cancel)
    {
        var frame = _next!;
        var tracker = _tracker.Begin(cancel);
        byte[] content;
        try
        {
            content = _decoders.For(frame.Archive).Decompress(frame.Data, turn, tracker);
        }
        catch
        {
            _tracker.Drop(tracker);
            throw;
        }

        _source.Add(frame, content, tracker);
        Show(frame, content);
        _next = null;
    }

    private void Show(ArchiveFrame frame, byte[] content)
    {
        _content = content;
        _start = frame.Data.OriginalStart;
    }
}
