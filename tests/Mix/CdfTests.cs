using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class CdfTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    public void Every_interval_is_found_again_and_they_tile_the_total(int size)
    {
        var cdf = Filled(size, seed: size);

        ulong expected = 0;
        for (var token = 0; token < size; token++)
        {
            cdf.Interval(token, out var low, out var frequency);
            Assert.Equal(expected, low);
            Assert.Equal(token, cdf.Find(low, out var foundLow, out var foundFrequency));
            Assert.Equal(token, cdf.Find(low + frequency - 1, out _, out _));
            Assert.Equal((low, frequency), (foundLow, foundFrequency));
            expected += frequency;
        }

        Assert.Equal(expected, cdf.Total);
        Assert.Throws<ArgumentOutOfRangeException>(() => cdf.Find(expected, out _, out _));
    }

    [Fact]
    public void A_replaced_frequency_moves_block_and_total()
    {
        var cdf = Filled(1000, seed: 5);
        var before = cdf.Total;
        cdf.Interval(700, out var low, out var frequency);

        cdf.Replace(300, 12345);

        var change = 12345UL - cdf.Frequencies[300];
        Assert.Equal(0UL, change);
        cdf.Interval(700, out var lowAfter, out var frequencyAfter);
        Assert.Equal(frequency, frequencyAfter);
        Assert.Equal(cdf.Total - before, lowAfter - low);
    }

    [Fact]
    public void A_new_table_gives_every_token_the_same_share()
    {
        var cdf = new Cdf(300);

        cdf.Interval(299, out var low, out var frequency);

        Assert.Equal((299UL, 1u, 300UL), (low, frequency, cdf.Total));
    }

    private static Cdf Filled(int size, int seed)
    {
        var cdf = new Cdf(size);
        var random = new Random(seed);
        for (var token = 0; token < size; token++)
        {
            cdf.Replace(token, (uint)random.Next(1, (int)Cdf.MaximumFrequency));
        }

        return cdf;
    }
}
