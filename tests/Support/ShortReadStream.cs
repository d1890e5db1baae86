namespace NacrithOnnx.Tests.Support;

/// <summary>Returns fewer bytes than requested, in lengths drawn from a seed.</summary>
internal sealed class ShortReadStream(byte[] content, int seed) : ForwardOnlyStream(content)
{
    private readonly Random _random = new(seed);

    protected override int Limit(int count) => count == 0 ? 0 : 1 + _random.Next(count);
}
