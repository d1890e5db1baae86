using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class HiddenHeadTests
{
    private const int Vocabulary = 600;
    private const int Width = 32;

    [Theory]
    [InlineData(16)]
    [InlineData(576)]
    public void Vector_and_scalar_dot_product_give_the_same_bits(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 200; round++)
        {
            float[] a = [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5))];
            float[] b = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * 1000))];

            Assert.Equal(
                BitConverter.SingleToInt32Bits(ExactDot.OfScalar(a, b)),
                BitConverter.SingleToInt32Bits(ExactDot.Of(a, b)));
            Assert.Equal(
                BitConverter.SingleToInt32Bits(ExactDot.OfScalar(a, b)),
                BitConverter.SingleToInt32Bits(ExactDot.OfVector128(a, b)));
        }
    }

    [Fact]
    public void A_scaled_addition_rounds_the_product_and_then_the_sum()
    {
        var random = new Random(8);
        float[] source = [.. Enumerable.Range(0, 64).Select(_ => (float)random.NextDouble())];
        float[] target = [.. Enumerable.Range(0, 64).Select(_ => (float)random.NextDouble())];
        var expected = new float[64];
        for (var i = 0; i < 64; i++)
        {
            var product = source[i] * 0.3f;
            expected[i] = target[i] + product;
        }

        float[] narrow = [.. target];
        ExactDot.AddScaled(target, source, 0.3f);
        ExactDot.AddScaledVector128(narrow, source, 0.3f);

        Assert.Equal(expected, target);
        Assert.Equal(expected, narrow);
    }

    [Fact]
    public void A_hidden_state_that_tells_the_next_token_is_learned()
    {
        // The logits carry no information; the sign of one channel decides between two tokens.
        var with = Cost(PredictorSettings.Ensemble);
        var without = Cost(PredictorSettings.Ensemble with { HiddenRate = 0f });

        Assert.True(with < without * 0.8, $"{with} bits with, {without} without");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(0f)]
    public void No_hidden_state_makes_a_token_uncodable(float value)
    {
        var predictor = new Predictor(PredictorSettings.Ensemble, Vocabulary, 1, Width);
        var cdf = new Cdf(Vocabulary);
        var hidden = new float[Width];
        hidden[3] = value;
        var logits = new float[Vocabulary];
        for (var step = 0; step < 200; step++)
        {
            predictor.Predict(0, logits, hidden, cdf);
            Assert.All(cdf.Frequencies.ToArray(), frequency => Assert.InRange(frequency, 1u, Cdf.MaximumFrequency));
            predictor.Update(0, step % 5);
        }

        Assert.True(predictor.IsFinite());
    }

    [Fact]
    public void Two_predictors_given_the_same_hold_the_same_state_which_never_changes()
    {
        Assert.Equal(Run(), Run());
        Assert.Equal(16069024912908854942UL, Run());
    }

    private static int Cost(PredictorSettings settings)
    {
        var random = new Random(4);
        var predictor = new Predictor(settings, Vocabulary, 1, Width);
        var cdf = new Cdf(Vocabulary);
        var hidden = new float[Width];
        double bits = 0;
        for (var step = 0; step < 600; step++)
        {
            foreach (ref var value in hidden.AsSpan())
            {
                value = (float)(random.NextDouble() - 0.5);
            }

            var token = hidden[5] > 0 ? 17 : 423;
            predictor.Predict(0, new float[Vocabulary], hidden, cdf);
            bits += Math.Log2(cdf.Total) - Math.Log2(cdf.Frequencies[token]);
            predictor.Update(0, token);
        }

        return (int)bits;
    }

    private static ulong Run()
    {
        var predictor = new Predictor(PredictorSettings.Ensemble with { ContextBits = 8 }, Vocabulary, 2, Width);
        var cdf = new Cdf(Vocabulary);
        var hidden = new float[Width];
        uint state = 1;
        for (var step = 0; step < 200; step++)
        {
            foreach (ref var value in hidden.AsSpan())
            {
                state = (state * 1664525) + 1013904223;
                value = (state >> 16) * (1f / 65536);
            }

            predictor.Predict(step % 2, new float[Vocabulary], hidden, cdf);
            predictor.Update(step % 2, (int)(state >> 8) % 40);
        }

        return predictor.HashState();
    }
}
