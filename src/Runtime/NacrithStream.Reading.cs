namespace NacrithOnnx;

/// <content>Reading and seeking.</content>
public sealed partial class NacrithStream
{
    /// <summary>Length of the content in bytes, as the archive says.</summary>
    /// <exception cref="NotSupportedException">This stream writes, or the base stream cannot seek.</exception>
    /// <exception cref="NacrithException">The archive is damaged, or refused by a limit.</exception>
    public override long Length
    {
        get
        {
            var reader = Seeker();
            using (_call.Begin())
            {
                return reader.Length;
            }
        }
    }

    /// <summary>Reads content. Returns what is at hand of a frame, which may be less than asked for.</summary>
    /// <exception cref="NacrithException">The archive is damaged, or made with another model, or refused by a limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var reader = Reader();
        using (_call.Begin())
        {
            return !buffer.IsEmpty && reader.Fill(CancellationToken.None) ? Take(reader, buffer) : 0;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override int ReadByte()
    {
        byte value = 0;
        return Read(new Span<byte>(ref value)) == 0 ? -1 : value;
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    /// <exception cref="OperationCanceledException">Cancelled, which a step of the model notices. Reading can go on.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reader = Reader();
        using (_call.Begin())
        {
            return !buffer.IsEmpty && await reader.FillAsync(cancellationToken).ConfigureAwait(false)
                ? Take(reader, buffer.Span)
                : 0;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>Moves to a position in the content; the frame there is decoded by the next read.</summary>
    /// <param name="offset">Bytes from <paramref name="origin"/>; the result may lie behind the end, where reads return 0.</param>
    /// <param name="origin">What the offset counts from.</param>
    /// <returns>The new position.</returns>
    /// <exception cref="NotSupportedException">This stream writes, or the base stream cannot seek.</exception>
    /// <exception cref="IOException">The position would lie before the content.</exception>
    /// <exception cref="NacrithException">The archive is damaged, or refused by a limit.</exception>
    public override long Seek(long offset, SeekOrigin origin)
    {
        Seeker();
        var from = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            SeekOrigin.End => Length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "There is no such origin."),
        };
        if (offset < -from || offset > long.MaxValue - from)
        {
            throw new IOException("The position would lie before the content, or beyond all numbers.");
        }

        return SeekTo(from + offset);
    }

    private static int Take(IArchiveReader reader, Span<byte> buffer)
    {
        var available = reader.Available.Span;
        var length = Math.Min(available.Length, buffer.Length);
        available[..length].CopyTo(buffer);
        reader.Advance(length);
        return length;
    }

    private long SeekTo(long position)
    {
        var reader = Seeker();
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        using (_call.Begin())
        {
            reader.Seek(position);
        }

        return position;
    }

    private IArchiveReader Reader()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _reader ?? throw new NotSupportedException("This stream writes.");
    }

    private IArchiveReader Seeker()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return CanSeek ? _reader! : throw new NotSupportedException("This stream cannot seek.");
    }
}
