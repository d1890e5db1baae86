using NacrithOnnx.Cli.Report;

namespace NacrithOnnx.Tests.Cli.Report;

public sealed class BitCurveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(25_600)]
    [InlineData(25_601)]
    [InlineData(1_000_003)]
    public void Nothing_is_lost_however_long_the_content_is(int length)
    {
        var curve = new BitCurve();
        for (var at = 0; at < length; at++)
        {
            curve.Add(1, 2.5);
        }

        Assert.InRange(curve.Intervals.Count, 1, BitCurve.MaxIntervals);
        Assert.Equal(length, curve.Intervals.Sum(interval => interval.Content));
        Assert.Equal((length + curve.Width - 1) / curve.Width, curve.Intervals.Count);
        Assert.All(curve.Intervals, interval => Assert.Equal(2.5, interval.BitsPerByte, 6));
    }

    [Fact]
    public void A_stretch_is_spread_over_its_intervals()
    {
        var curve = new BitCurve();

        curve.Add(10, 20);
        curve.AddEven(1_000_000, 8);

        Assert.Equal(1_000_010, curve.Intervals.Sum(interval => interval.Content));
        Assert.Equal(8_000_020, curve.Intervals.Sum(interval => interval.Bits), 3);
        Assert.Equal(8, curve.Intervals[^1].BitsPerByte, 6);
    }

    [Fact]
    public void Tokens_of_a_fraction_of_a_byte_add_up_to_whole_ones()
    {
        var curve = new BitCurve();
        for (var token = 0; token < 300; token++)
        {
            curve.Add(1.0 / 3, 1);
        }

        Assert.InRange(curve.Intervals.Sum(interval => interval.Content), 99, 100);
        Assert.Equal(300, curve.Intervals.Sum(interval => interval.Bits), 6);
    }
}
