using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class LogisticTests
{
    [Fact]
    public void Squash_is_the_logistic_function()
    {
        for (var x = -Logistic.Limit; x <= Logistic.Limit; x++)
        {
            var exact = 65536 / (1 + Math.Exp(-x / 256.0));
            Assert.InRange(Logistic.Squash(x), Math.Max(exact - 1.01, 1), Math.Min(exact + 1.01, 65535));
        }
    }

    [Fact]
    public void Stretch_is_the_inverse_of_squash()
    {
        for (var p = 0; p < 4096; p++)
        {
            var exact = 256 * Math.Log((p + 0.5) / (4095.5 - p));

            // At the ends, one step of a 16-bit probability is many steps of log-odds.
            var tolerance = p is > 512 and < 3584 ? 4 : 80;
            Assert.InRange(Logistic.Stretch(p), exact - tolerance, exact + tolerance);
            Assert.InRange(Logistic.Squash(Logistic.Stretch(p)) >> 4, p - 4, p + 4);
        }
    }

    [Fact]
    public void Both_tables_are_the_ones_of_the_format()
    {
        var hash = 2166136261;
        for (var x = -Logistic.Limit; x <= Logistic.Limit; x++)
        {
            hash = (hash ^ (uint)Logistic.Squash(x)) * 16777619;
        }

        foreach (var x in Logistic.StretchEntries)
        {
            hash = (hash ^ (uint)x) * 16777619;
        }

        Assert.Equal(2416661067u, hash);
    }
}
