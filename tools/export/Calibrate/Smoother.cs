namespace NacrithOnnx.Export;

/// <summary>
/// Moves the difficulty of rounding from activations to weights: each input channel of a matrix is divided by a factor
/// and its weights are multiplied by it (Xiao et al., SmoothQuant, 2023, with α = ½). The product is unchanged; the
/// row maximum, which sets the step of 8-bit activations, decreases.
/// </summary>
internal static class Smoother
{
    /// <summary>Largest factor, and the inverse of the smallest: a channel that is hardly used needs no more.</summary>
    private const float Limit = 64;

    /// <summary>Factors [channels] by sqrt(max|x| / max|w|), their geometric mean near one.</summary>
    /// <param name="maxInput">max|x| of each channel.</param>
    /// <param name="weights">Rows are output channels, each <c>maxInput.Length</c> wide.</param>
    public static float[] Factors(ReadOnlySpan<float> maxInput, ReadOnlySpan<float> weights)
    {
        var channels = maxInput.Length;
        var maxWeight = new float[channels];
        for (var i = 0; i < weights.Length; i++)
        {
            maxWeight[i % channels] = Math.Max(maxWeight[i % channels], Math.Abs(weights[i]));
        }

        var factors = new float[channels];
        var sum = 0.0;
        for (var i = 0; i < channels; i++)
        {
            factors[i] = maxInput[i] > 0 && maxWeight[i] > 0 ? (float)Math.Sqrt(maxInput[i] / maxWeight[i]) : 1;
            sum += factors[i];
        }

        var scale = (float)(channels / sum);
        for (var i = 0; i < channels; i++)
        {
            factors[i] = Math.Clamp(factors[i] * scale, 1 / Limit, Limit);
        }

        return factors;
    }

    /// <summary>Multiplies each input channel of a matrix.</summary>
    public static float[] ScaleInputs(float[] weights, ReadOnlySpan<float> factors)
    {
        var result = new float[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            result[i] = weights[i] * factors[i % factors.Length];
        }

        return result;
    }

    /// <summary>Divides each output channel of a matrix.</summary>
    public static float[] DivideOutputs(float[] weights, ReadOnlySpan<float> factors)
    {
        var inputs = weights.Length / factors.Length;
        var result = new float[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            result[i] = weights[i] / factors[i / inputs];
        }

        return result;
    }

    /// <summary>Divides element-wise.</summary>
    public static float[] Divide(float[] values, ReadOnlySpan<float> factors)
    {
        var result = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = values[i] / factors[i];
        }

        return result;
    }

    /// <summary>One factor for each channel of a value head, the largest of the query heads that read it.</summary>
    public static float[] Share(ReadOnlySpan<float> values, int heads, int keyValueHeads, int headSize)
    {
        var shared = new float[keyValueHeads * headSize];
        for (var i = 0; i < values.Length; i++)
        {
            var target = ((i / headSize / (heads / keyValueHeads)) * headSize) + (i % headSize);
            shared[target] = Math.Max(shared[target], values[i]);
        }

        return shared;
    }

    /// <summary>The inverse of <see cref="Share"/>: each query head gets its value head's factors.</summary>
    public static float[] Spread(ReadOnlySpan<float> shared, int heads, int keyValueHeads, int headSize)
    {
        var values = new float[heads * headSize];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = shared[((i / headSize / (heads / keyValueHeads)) * headSize) + (i % headSize)];
        }

        return values;
    }
}
