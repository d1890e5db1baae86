namespace NacrithOnnx.Tests.Support;

/// <summary>Takes <paramref name="room"/> bytes, and fails with an <see cref="IOException"/> at the next, as a full disk does.</summary>
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
