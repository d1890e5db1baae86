using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Export;

/// <summary>
/// Rounds a float matrix to small integers, one scale for each output channel, chosen by least squares: the scale
/// that clips a few outliers is often better than the one that covers them. (Weighting the errors by the measured
/// mean square of each input makes files 0.2 % larger: the calibration text is not the text that is compressed.)
/// </summary>
internal static class MatrixQuantizer
{
    /// <summary>
    /// Scales tried, from max|w|/limit down: the best is never far below for weights of a trained network.
    /// </summary>
    private const int Candidates = 24;

    /// <summary>Each candidate is this share of max|w|/limit below the one before; the last is at 0.54.</summary>
    private const double Step = 0.02;

    /// <param name="weights">Rows are output channels [outputs][inputs].</param>
    /// <param name="inputs">Width of a row.</param>
    /// <param name="limit">Largest magnitude of an integer.</param>
    public static QuantizedMatrix Quantize(float[] weights, int inputs, int limit)
    {
        if (inputs > ExactArithmetic.MaxMatrixInputs || weights.Length % inputs != 0)
        {
            throw new ArgumentException($"A matrix of {inputs} inputs is outside the exact arithmetic.", nameof(inputs));
        }

        var outputs = weights.Length / inputs;
        var quantized = new sbyte[weights.Length];
        var scales = new float[outputs];

        // Each channel is its own sum in a fixed order, so the result does not depend on the threads.
        Parallel.For(0, outputs, output =>
        {
            var row = weights.AsSpan(output * inputs, inputs);
            var scale = BestScale(row, limit);
            scales[output] = scale;
            for (var i = 0; i < inputs; i++)
            {
                quantized[(i * (long)outputs) + output] = (sbyte)Round(row[i], 1 / (double)scale, limit);
            }
        });
        return new QuantizedMatrix(inputs, outputs, quantized, scales);
    }

    private static double Round(float weight, double inverse, int limit) =>
        Math.Clamp(Math.Round(weight * inverse), -limit, limit);

    private static float BestScale(ReadOnlySpan<float> row, int limit)
    {
        var max = 0f;
        foreach (var weight in row)
        {
            max = Math.Max(max, Math.Abs(weight));
        }

        if (max == 0)
        {
            return 1;
        }

        var best = 0f;
        var least = double.PositiveInfinity;
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var scale = (float)(max * (1 - (Step * candidate)) / limit);
            var inverse = 1 / (double)scale;
            var error = 0.0;
            for (var i = 0; i < row.Length; i++)
            {
                var difference = row[i] - (Round(row[i], inverse, limit) * scale);
                error += difference * difference;
            }

            if (error < least)
            {
                least = error;
                best = scale;
            }
        }

        return best;
    }
}
