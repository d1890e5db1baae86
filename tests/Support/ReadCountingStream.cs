namespace NacrithOnnx.Tests.Support;

/// <summary>Counts reads: every form ends in this call, because the type is derived from MemoryStream.</summary>
internal sealed class ReadCountingStream(byte[] content) : MemoryStream(content)
{
    public int Reads { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Reads++;
        return base.Read(buffer, offset, count);
    }
}
