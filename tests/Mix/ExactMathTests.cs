using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class ExactMathTests
{
    [Fact]
    public void Powers_of_two_are_exact_and_the_rest_is_close()
    {
        for (var exponent = -50; exponent <= 50; exponent++)
        {
            Assert.Equal(Math.ScaleB(1.0, exponent), ExactExp2.Power(exponent));
        }

        for (var y = -40f; y < 40f; y += 0.0371f)
        {
            Assert.InRange(ExactExp2.Power(y) / Math.Pow(2, y), 1 - 4e-6, 1 + 4e-6);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void Every_exponent_gives_a_finite_positive_power(float exponent)
    {
        var power = ExactExp2.Power(exponent);

        Assert.True(float.IsFinite(power) && power > 0f);
    }

    [Fact]
    public void The_logarithm_is_close_continuous_and_rising()
    {
        var before = -1f;
        for (ulong value = 1; value < 1UL << 60; value += 1 + (value / 97))
        {
            var bits = ExactLog2.Of(value);
            Assert.InRange(bits, Math.Log2(value) - 2e-4, Math.Log2(value) + 2e-4);
            Assert.True(bits > before);
            before = bits;
        }
    }

    [Fact]
    public void The_knots_of_evidence_cover_every_cost()
    {
        for (var bits = -1f; bits < 60f; bits += 0.0173f)
        {
            var knot = EvidenceTable.Locate(bits, out var fraction);
            Assert.InRange(knot, 0, 13);
            Assert.InRange(fraction, 0f, 1f);
        }
    }
}
