using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class CdfBuilderTests
{
    private const int Vocabulary = 49152;
    private const float Weight = 0.98f;

    private static readonly Dictionary<string, float[]> Logits = new()
    {
        ["random"] = Random(1, Vocabulary, 8),
        ["flat"] = Random(2, Vocabulary, 0.01f),
        ["huge"] = Random(3, Vocabulary, 10_000),
        ["equal"] = new float[Vocabulary],
        ["odd size"] = Random(4, 1003, 8),
        ["one"] = [3f],
        ["not finite"] = [1f, float.NaN, float.NegativeInfinity, 0.5f, float.PositiveInfinity, .. new float[507]],
        ["nothing finite"] = [float.NaN, float.NegativeInfinity, .. Enumerable.Repeat(float.NaN, 300)],
        ["extremes"] = [float.MaxValue, float.MinValue, float.Epsilon, -0f, .. new float[508]],
    };

    /// <summary>Names only: xUnit would format every number of an array.</summary>
    public static TheoryData<string> Names => [.. Logits.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_and_scalar_form_give_the_same_bits(string name)
    {
        var logits = Logits[name];
        var vector = new Cdf(logits.Length);
        var scalar = new Cdf(logits.Length);

        CdfBuilder.BuildVector(logits, Weight, Bias(logits.Length), vector);
        CdfBuilder.BuildScalar(logits, Weight, Bias(logits.Length), scalar);

        Assert.Equal(scalar.Frequencies.ToArray(), vector.Frequencies.ToArray());
        Assert.Equal(scalar.WritableBlocks.ToArray(), vector.WritableBlocks.ToArray());
        Assert.Equal(scalar.Total, vector.Total);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_token_can_be_coded_and_the_sums_agree(string name)
    {
        var logits = Logits[name];
        var cdf = new Cdf(logits.Length);

        CdfBuilder.Build(logits, Weight, Bias(logits.Length), cdf);

        Assert.Equal((ulong)cdf.Frequencies.ToArray().Sum(frequency => (long)frequency), cdf.Total);
        Assert.All(cdf.Frequencies.ToArray(), frequency => Assert.InRange(frequency, 1u, Cdf.MaximumFrequency));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(4f)]
    [InlineData(12f)]
    public void The_shares_follow_the_softmax_within_a_hundredth_of_a_percent_of_the_entropy(float spread)
    {
        var logits = Random(9, Vocabulary, spread);
        var cdf = new Cdf(Vocabulary);
        CdfBuilder.Build(logits, 1f, new float[Vocabulary], cdf);

        double maximum = logits.Max();
        var sum = logits.Sum(logit => Math.Exp(logit - maximum));
        double entropy = 0;
        double cross = 0;
        for (var token = 0; token < Vocabulary; token++)
        {
            var p = Math.Exp(logits[token] - maximum) / sum;
            entropy -= p > 0 ? p * Math.Log2(p) : 0;
            cross -= p * Math.Log2(cdf.Frequencies[token] / (double)cdf.Total);
        }

        Assert.InRange(cross, entropy - 1e-9, entropy * 1.0001);
    }

    [Fact]
    public void The_frequencies_of_a_known_vector_never_change()
    {
        // 64-bit FNV-1a over the frequencies: the bits are part of the format, so a change here breaks every archive.
        var logits = new float[Vocabulary];
        uint state = 1;
        for (var token = 0; token < Vocabulary; token++)
        {
            state = (state * 1664525) + 1013904223;
            logits[token] = (state >> 8) * (20f / (1 << 24));
        }

        var cdf = new Cdf(Vocabulary);
        CdfBuilder.Build(logits, 1f, new float[Vocabulary], cdf);

        var hash = 0xCBF29CE484222325;
        foreach (var frequency in cdf.Frequencies)
        {
            hash = (hash ^ frequency) * 0x100000001B3;
        }

        Assert.Equal(3291339489194116086UL, hash);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(512)]
    public void Scaling_down_keeps_every_token_codable(int size)
    {
        var cdf = new Cdf(size);
        for (var token = 0; token < size; token++)
        {
            cdf.Replace(token, 1u << (token % 30));
        }

        CdfBuilder.ShiftRight(cdf, 3);

        for (var token = 0; token < size; token++)
        {
            Assert.Equal(Math.Max((1u << (token % 30)) >> 3, 1), cdf.Frequencies[token]);
        }

        Assert.Equal((ulong)cdf.Frequencies.ToArray().Sum(frequency => (long)frequency), cdf.Total);
        cdf.Interval(size - 1, out var low, out var last);
        Assert.Equal(cdf.Total, low + last);
    }

    private static float[] Bias(int size) => Random(17, size, 1);

    private static float[] Random(int seed, int size, float spread)
    {
        var random = new Random(seed);
        var logits = new float[size];
        for (var i = 0; i < size; i++)
        {
            double sum = 0;
            for (var k = 0; k < 6; k++)
            {
                sum += random.NextDouble() - 0.5;
            }

            logits[i] = (float)(sum * spread);
        }

        return logits;
    }
}
