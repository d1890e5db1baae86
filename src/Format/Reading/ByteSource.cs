
namespace NacrithOnnx.Format;

/// <summary>Buffered reads from a stream that may return less than asked for and may not be able to seek.</summary>
/// <param name="stream">Read from where it stands.</param>
/// <param name="position">What the first byte counts as in positions and messages.</param>
internal sealed class ByteSource(Stream stream, long position = 0)
{
    /// <summary>Holds a typical frame header, so that walking over frames costs one read each.</summary>
    private const int BufferLength = 4096;

    private byte[] _buffer = new byte[BufferLength];
    private int _next;
    private int _filled;
    private bool _ended;

    /// <summary>Offset of the next byte.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Bytes that are read from the stream and not yet taken.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_next.._filled);

    /// <summary>Reads until <paramref name="count"/> bytes are buffered, so that taking them does not wait.</summary>
    /// <returns>False if the stream ends before; then nothing reads from it again.</returns>
    public async ValueTask<bool> FetchAsync(int count, CancellationToken cancel)
    {
        while (_filled - _next < count && !_ended)
        {
            if (_filled == _buffer.Length)
            {
                MakeRoom(count);
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_filled), cancel).ConfigureAwait(false);
            _filled += read;
            _ended = read == 0;
        }

        return _filled - _next >= count;
    }

    /// <summary>Looks at the next byte.</summary>
    /// <returns>The byte, or -1 at the end.</returns>
    public int Peek()
    {
        if (_next == _filled && !_ended)
        {
            _next = 0;
            _filled = stream.Read(_buffer);
        }

        return _next < _filled ? _buffer[_next] : -1;
    }

    /// <summary>Takes the next byte.</summary>
    /// <returns>The byte, or -1 at the end.</returns>
    public int ReadByte()
    {
        var value = Peek();
        if (value >= 0)
        {
            _next++;
            Position++;
        }

        return value;
    }

    /// <summary>Fills <paramref name="destination"/> as far as there are bytes.</summary>
    /// <returns>Bytes taken.</returns>
    public int Read(Span<byte> destination)
    {
        var taken = Math.Min(_filled - _next, destination.Length);
        _buffer.AsSpan(_next, taken).CopyTo(destination);
        _next += taken;
        if (!_ended)
        {
            taken += stream.ReadAtLeast(destination[taken..], destination.Length - taken, throwOnEndOfStream: false);
        }

        Position += taken;
        return taken;
    }

    /// <summary>Fills <paramref name="destination"/>.</summary>
    /// <exception cref="TruncatedArchiveException">There are not enough bytes.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        if (Read(destination) < destination.Length)
        {
            throw Truncated();
        }
    }

    /// <summary>Passes over bytes without reading them.</summary>
    /// <returns>False if the stream cannot seek; nothing has happened then.</returns>
    /// <exception cref="TruncatedArchiveException">There are not enough bytes.</exception>
    public bool TrySeekForward(long count)
    {
        if (!stream.CanSeek)
        {
            return false;
        }

        var buffered = _filled - _next;
        if (count > buffered)
        {
            var beyond = count - buffered;
            if (beyond > stream.Length - stream.Position)
            {
                throw Truncated();
            }

            stream.Seek(beyond, SeekOrigin.Current);
            _next = _filled;
        }
        else
        {
            _next += (int)count;
        }

        Position += count;
        return true;
    }

    /// <summary>Reads <paramref name="count"/> bytes only to hash them.</summary>
    /// <returns>Their checksum.</returns>
    /// <exception cref="TruncatedArchiveException">There are not enough bytes.</exception>
    public ulong ReadChecksumOf(long count)
    {
        using var hash = new Sha256();
        Span<byte> chunk = stackalloc byte[BufferLength];
        for (; count > 0; count -= chunk.Length)
        {
            chunk = chunk[..(int)Math.Min(count, chunk.Length)];
            ReadExactly(chunk);
            hash.Append(chunk);
        }

        return Checksum.Finish(hash);
    }

    /// <summary>The failure of an archive that ends here.</summary>
    public TruncatedArchiveException Truncated() => new($"The archive ends too early, at byte {Position}.");

    /// <summary>
    /// Moves what is buffered to the front, or grows the buffer to <paramref name="count"/> bytes: by a quarter at least, so
    /// that many small steps cost linear time, and to twice its length at most, so that a false length costs no more
    /// memory than twice the bytes that are there.
    /// </summary>
    private void MakeRoom(int count)
    {
        if (_next > 0)
        {
            Buffered.CopyTo(_buffer);
            _filled -= _next;
            _next = 0;
        }
        else
        {
            long length = _buffer.Length;
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Clamp(count, length + (length / 4), 2 * length)));
        }
    }
}
