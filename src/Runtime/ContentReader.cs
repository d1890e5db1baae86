using System.Runtime.ExceptionServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime;

/// <summary>
/// Reads the content of archives and holds one frame of it. It begins in order, which checks everything; a seek out of
/// the frame at hand makes it look frames up one by one from then on.
/// </summary>
internal sealed class ContentReader : IDisposable
{
    private readonly NacrithCodec _codec;
    private readonly Stream _input;
    private readonly DecompressOptions _options;
    private readonly ProgressTracker _tracker;
    private readonly ArchiveDecoder _inOrder;
    private readonly long _origin;
    private ContentMap? _map;
    private IndexedDecoder? _indexed;
    private DataFrame? _next;
    private byte[] _content = [];
    private long _start;
    private ExceptionDispatchInfo? _failure;

    public ContentReader(
        NacrithCodec codec, Stream input, DecompressOptions options, IProgress<CodecProgress>? progress)
    {
        _codec = codec;
        _input = input;
        _options = options;
        _tracker = new ProgressTracker(progress);
        _inOrder = new ArchiveDecoder(codec, input, options);
        _origin = input.CanSeek ? input.Position : 0;
    }

    /// <summary>Offset of the next byte of content.</summary>
    public long Position { get; private set; }

    /// <summary>Length of the content; the input can seek.</summary>
    public long Length => Map.OriginalLength;

    private ReadOnlySpan<byte> Available =>
        Position >= _start && Position - _start < _content.Length ? _content.AsSpan((int)(Position - _start)) : [];

    private ContentMap Map
    {
        get
        {
            if (_map is null)
            {
                // Reading in order goes on where it stood.
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

    public int Read(Span<byte> buffer)
    {
        while (Available.IsEmpty)
        {
            if (!TryReadFrame())
            {
                return 0;
            }

            using (_codec.Enter(CancellationToken.None))
            {
                Decode(CancellationToken.None);
            }
        }

        return Take(buffer);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (Available.IsEmpty)
        {
            if (_indexed is null && _next is null && _failure is null)
            {
                await _inOrder.PrefetchAsync(cancel).ConfigureAwait(false);
            }

            // A frame takes minutes: not on a thread that has more to do.
            if (!await Task.Run(TryReadFrame, cancel).ConfigureAwait(false))
            {
                return 0;
            }

            using (await _codec.EnterAsync(cancel).ConfigureAwait(false))
            {
                await Task.Run(() => Decode(cancel), cancel).ConfigureAwait(false);
            }
        }

        return Take(buffer.Span);
    }

    /// <summary>Moves to any offset, even behind the end; the input can seek.</summary>
    public void Seek(long position)
    {
        var isInFrame = position >= _start && position - _start <= _content.Length;
        if (_failure is not null || (_indexed is null && !isInFrame))
        {
            _indexed = new IndexedDecoder(_codec, Map, _options.MemoryLimit);
            _failure = null;
            _next = null;
        }
        else if (_indexed is not null)
        {
            _next = null;
        }

        Position = position;
    }

    public void Dispose() => _inOrder.Dispose();

    private int Take(Span<byte> buffer)
    {
        var available = Available;
        var length = Math.Min(available.Length, buffer.Length);
        available[..length].CopyTo(buffer);
        Position += length;
        return length;
    }

    /// <summary>Reads the frame at the position, unless a cancelled call has left it to be decoded.</summary>
    private bool TryReadFrame()
    {
        if (_next is not null)
        {
            return true;
        }

        if (_indexed is not null)
        {
            if (Map.Find(Position, 1) is not [var location, ..])
            {
                return false;
            }

            _next = _indexed.Read(location);
            return true;
        }

        _failure?.Throw();
        try
        {
            return _inOrder.TryRead(out _next, _tracker);
        }
        catch (Exception exception)
        {
            // Nobody knows where in a frame it stopped: reading on could mistake what follows.
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    private void Decode(CancellationToken cancel)
    {
        var frame = _next!;
        _tracker.Cancel = cancel;
        _content = _indexed is null ? _inOrder.Decode(frame, _tracker) : _indexed.Decode(frame, _tracker);
        _start = frame.OriginalStart;
        _next = null;
    }
}
