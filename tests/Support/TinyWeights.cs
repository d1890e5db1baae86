using NacrithOnnx.Export;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Tests.Support;

/// <summary>Random integer weights of any shape, determined by the seed.</summary>
internal static class TinyWeights
{
    public static QuantizedModel Create(ModelShape shape, int seed)
    {
        var random = new Random(seed);
        var layers = new QuantizedLayer[shape.Layers];
        var heads = shape.Heads * shape.HeadSize;
        var shared = shape.KeyValueHeads * shape.HeadSize;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new QuantizedLayer(
                Gain(random, shape.Hidden),
                Matrix(random, shape.Hidden, heads + (2 * shared), ExactArithmetic.NarrowWeightLimit),
                Matrix(random, heads, shape.Hidden, ExactArithmetic.NarrowWeightLimit),
                Gain(random, shape.Hidden),
                Matrix(random, shape.Hidden, 2 * shape.Intermediate, ExactArithmetic.NarrowWeightLimit),
                Matrix(random, shape.Intermediate, shape.Hidden, ExactArithmetic.WideWeightLimit));
        }

        return new QuantizedModel(
            shape, 1e-5f, 100_000,
            Matrix(random, shape.Hidden, shape.Vocabulary, ExactArithmetic.NarrowWeightLimit),
            layers, Gain(random, shape.Hidden));
    }

    /// <summary>Integers over the whole range; scales that preserve the magnitude of activations.</summary>
    private static QuantizedMatrix Matrix(Random random, int inputs, int outputs, int limit)
    {
        var weights = new sbyte[inputs * outputs];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (sbyte)random.Next(-limit, limit + 1);
        }

        var scales = new float[outputs];
        for (var i = 0; i < outputs; i++)
        {
            scales[i] = (float)((0.5 + random.NextDouble()) * 1.7 / (limit * Math.Sqrt(inputs)));
        }

        return new QuantizedMatrix(inputs, outputs, weights, scales);
    }

    private static float[] Gain(Random random, int width)
    {
        var gain = new float[width];
        for (var i = 0; i < width; i++)
        {
            gain[i] = (float)(0.5 + random.NextDouble());
        }

        return gain;
    }
}
