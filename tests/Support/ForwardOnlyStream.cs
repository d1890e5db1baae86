using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Support;

/// <summary>Reads like a pipe: no seeking, no length, no position.</summary>
internal class ForwardOnlyStream(byte[] content) : SequentialStream
{
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        var taken = Math.Min(Limit(buffer.Length), content.Length - _position);
        content.AsSpan(_position, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    /// <summary>Most of <paramref name="count"/> bytes that one read may return.</summary>
    protected virtual int Limit(int count) => count;
}
