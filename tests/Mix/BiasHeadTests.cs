using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class BiasHeadTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(1000)]
    public void Vector_and_scalar_form_give_the_same_bits(int vocabulary)
    {
        var vector = new BiasHead(PredictorSettings.Ensemble, vocabulary);
        var scalar = new BiasHead(PredictorSettings.Ensemble, vocabulary);
        var cdf = new Cdf(vocabulary);
        var random = new Random(3);
        for (var step = 0; step < 300; step++)
        {
            for (var i = 0; i < 50; i++)
            {
                cdf.Replace(random.Next(vocabulary), 1u << random.Next(31));
            }

            var token = random.Next(vocabulary);
            vector.Learn(cdf, token, 0.7f, vector: true);
            scalar.Learn(cdf, token, 0.7f, vector: false);
        }

        Assert.Equal(scalar.Bias.ToArray(), vector.Bias.ToArray());
        Assert.Equal(Hash(scalar), Hash(vector));
    }

    [Fact]
    public void The_bias_rises_for_what_comes_and_falls_for_what_was_expected()
    {
        var head = new BiasHead(PredictorSettings.Ensemble, 512);
        var cdf = new Cdf(512);
        cdf.Replace(7, Cdf.MaximumFrequency);

        head.Learn(cdf, 300, 1f);

        Assert.True(head.Bias[300] > 0.5f);
        Assert.True(head.Bias[7] < 0f);
    }

    [Fact]
    public void The_bias_stays_bounded_for_a_token_that_always_comes_although_it_has_no_share()
    {
        var head = new BiasHead(PredictorSettings.Ensemble with { BiasRate = 2f, BiasFloor = 1f }, 512);
        var cdf = new Cdf(512);
        cdf.Replace(7, Cdf.MaximumFrequency);

        for (var step = 0; step < 10_000; step++)
        {
            head.Learn(cdf, 300, 1f);
        }

        Assert.All(head.Bias.ToArray(), bias => Assert.InRange(bias, -12f, 12f));
    }

    private static ulong Hash(BiasHead head)
    {
        var hash = new StateHash();
        head.AddTo(ref hash);
        return hash.Value;
    }
}
