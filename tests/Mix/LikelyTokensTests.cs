using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class LikelyTokensTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(700, 3)]
    [InlineData(5000, 1_000_000)]
    public void They_are_what_sorting_gives(int size, int largest)
    {
        var random = new Random(size);
        for (var round = 0; round < 50; round++)
        {
            var cdf = new Cdf(size);
            for (var token = 0; token < size; token++)
            {
                cdf.Replace(token, (uint)random.Next(1, largest));
            }

            var found = new int[Math.Min(4, size)];
            LikelyTokens.Find(cdf, found);

            var frequencies = cdf.Frequencies.ToArray();
            Assert.Equal(Enumerable.Range(0, size).OrderByDescending(token => frequencies[token]).Take(found.Length), found);
        }
    }
}
