using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class FrequentTokensTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(600)]
    [InlineData(1029)]
    public void Exactly_the_tokens_that_reach_the_limit_are_found(int size)
    {
        var random = new Random(size);
        var cdf = new Cdf(size);
        for (var token = 0; token < size; token++)
        {
            cdf.Replace(token, random.Next(4) == 0 ? Cdf.MaximumFrequency - (uint)random.Next(3) : (uint)random.Next(1, 50));
        }

        foreach (var least in (ulong[])[1, 2, 25, 50, Cdf.MaximumFrequency - 1, Cdf.MaximumFrequency, Cdf.MaximumFrequency + 1UL, ulong.MaxValue])
        {
            int[] expected = [.. Enumerable.Range(0, size).Where(token => cdf.Frequencies[token] >= least)];
            var tokens = new int[size];

            var count = FrequentTokens.Find(cdf, least, tokens);

            Assert.Equal(expected, tokens[..count]);
        }
    }

    [Fact]
    public void No_more_are_found_than_there_is_room_for()
    {
        var cdf = new Cdf(700);
        var tokens = new int[300];

        var count = FrequentTokens.Find(cdf, 1, tokens);

        Assert.Equal(Enumerable.Range(0, 300), tokens[..count]);
    }
}
