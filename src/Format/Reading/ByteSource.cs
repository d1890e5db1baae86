namespace NacrithOnnx.Format;

/// <summary>
/// Buffered reads from a stream, which may return fewer bytes than requested and need not be seekable.
/// </summary>
/// <param name="stream">Read from its current position.</param>
/// <param name="position">Offset of the first byte, for positions and messages.</param>
internal sealed class ByteSource(Stream stream, long position = 0)
{
    /// <summary>Holds a typical frame head, so that skipping from frame to frame takes one read each.</summary>
    private const int BufferLength = 4096;

    private byte[] _buffer = new byte[BufferLength];
    private int _next;
    private int _filled;
    private bool _ended;

    /// <summary>Offset of the next byte.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Whether bytes can be skipped without reading them.</summary>
    public bool CanSkip => stream.CanSeek;

    /// <summary>Bytes read from the stream and not yet consumed.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_next.._filled);

    /// <summary>
    /// Reads until <paramref name="count"/> bytes are buffered, so that consuming them does not block.
    /// </summary>
    /// <returns>False if the stream ends first; it is not read again.</returns>
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

    /// <summary>Returns the next byte without consuming it.</summary>
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

    /// <summary>Consumes the next byte.</summary>
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

    /// <summary>Fills <paramref name="destination"/>, or as much of it as the stream has.</summary>
    /// <returns>The number of bytes read.</returns>
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

    /// <summary>Skips bytes without reading them.</summary>
    /// <returns>False, without effect, if the stream is not seekable.</returns>
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

    /// <summary>Reads <paramref name="count"/> bytes and hashes them.</summary>
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

    /// <summary>The exception for an archive that ends here.</summary>
    public TruncatedArchiveException Truncated() => new($"The archive is truncated at byte {Position}.");

    /// <summary>
    /// Moves the buffered bytes to the front, or grows the buffer to <paramref name="count"/> bytes: by at least a quarter,
    /// so that many small steps take linear time, and at most to twice its length, so that a false length takes at most
    /// twice the memory of the bytes that are there.
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
