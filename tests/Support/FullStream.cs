namespace NacrithOnnx.Tests.Support;

/// <summary>Fails with an <see cref="IOException"/> after <paramref name="room"/> bytes, as a full disk does.</summary>
internal sealed class FullStream(int room) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        var fits = Math.Min(count, room - (int)Length);
        base.Write(buffer, offset, fits);
        if (fits < count)
        {
            throw new IOException("Full as told.");
        }
    }
}
