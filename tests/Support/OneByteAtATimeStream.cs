namespace NacrithOnnx.Tests.Support;

/// <summary>Returns one byte per read, as a slow pipe may.</summary>
internal sealed class OneByteAtATimeStream(byte[] content) : ForwardOnlyStream(content)
{
    protected override int Limit(int count) => Math.Min(count, 1);
}
