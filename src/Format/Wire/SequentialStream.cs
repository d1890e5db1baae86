namespace NacrithOnnx.Format;

/// <summary>
/// A stream whose bytes are read or written in order, and that has no length. One that is only read has to override
/// <see cref="Read(Span{byte})"/> alone.
/// </summary>
internal abstract class SequentialStream : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => false;

    public sealed override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
