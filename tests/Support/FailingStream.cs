namespace NacrithOnnx.Tests.Support;

/// <summary>Fails with an <see cref="IOException"/> once <paramref name="limit"/> bytes have been read or written.</summary>
internal sealed class FailingStream(byte[] content, int limit) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, Math.Min(limit, content.Length) - _position);
        if (taken == 0 && buffer.Length > 0 && _position == limit)
        {
            throw new IOException("Failing as told.");
        }

        content.AsSpan(_position, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _position += buffer.Length;
        if (_position > limit)
        {
            throw new IOException("Failing as told.");
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
