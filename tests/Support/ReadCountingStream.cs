namespace NacrithOnnx.Tests.Support;

/// <summary>Counts the calls that read: all end in this one, because the type is derived from MemoryStream.</summary>
internal sealed class ReadCountingStream(byte[] content) : MemoryStream(content)
{
    public int Reads { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Reads++;
        return base.Read(buffer, offset, count);
    }
}
