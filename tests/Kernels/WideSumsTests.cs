using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>Sums in 64 bits against a loop, at lengths that fill vectors and that do not.</summary>
public sealed class WideSumsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(133)]
    public void Sums_beyond_int32_are_kept(int length)
    {
        var sums = new int[length];
        var totals = new long[length];
        var expected = new long[length];
        var extremes = (int[])[int.MinValue, int.MaxValue, -1, 0, 1 << 30];
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < length; i++)
            {
                sums[i] = extremes[(i + round) % extremes.Length];
                expected[i] += sums[i];
            }

            WideSums.Move(sums, totals);
            Assert.All(sums, sum => Assert.Equal(0, sum));
        }

        Assert.Equal(expected, totals);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(133)]
    public void Scaled_sums_are_rounded_to_a_float_before_the_product(int length)
    {
        var random = new Random(length);
        long[] totals = [.. Enumerable.Range(0, length).Select(i => random.NextInt64(-1L << (i % 46), (1L << (i % 46)) + 1))];
        var output = new float[length];

        WideSums.Scale(totals, 0.3f, output);

        Assert.Equal(totals.Select(total => (float)(double)total * 0.3f), output);
    }
}
