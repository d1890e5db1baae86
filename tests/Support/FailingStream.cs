using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Support;

/// <summary>Fails with an <see cref="IOException"/> once <paramref name="limit"/> bytes have been read or written.</summary>
internal sealed class FailingStream(byte[] content, int limit) : SequentialStream
{
    private int _position;

    public override bool CanWrite => true;

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

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _position += buffer.Length;
        if (_position > limit)
        {
            throw new IOException("Failing as told.");
        }
    }
}
