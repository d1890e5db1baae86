using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Train.Tests.Support;

/// <summary>A model with random weights, the same for the same seed.</summary>
internal sealed class RandomWeights(ModelShape shape, int seed) : IWeightSource
{
    /// <summary>The real vocabulary around one small layer that the exporter takes: a step takes milliseconds.</summary>
    public static ModelShape WithRealVocabulary { get; } = new()
    {
        Layers = 1,
        Hidden = 64,
        Heads = 1,
        KeyValueHeads = 1,
        HeadDimension = 64,
        Intermediate = 96,
        Vocabulary = 49_152,
        Positions = 256,
        RmsEpsilon = 1e-5f,
        RopeTheta = 100_000,
        TiedEmbeddings = true,
        StartToken = 0,
    };

    /// <summary>Two layers, three query heads on each of two key and value heads.</summary>
    public static ModelShape WithSharedHeads { get; } = WithRealVocabulary with
    {
        Layers = 2,
        Hidden = 48,
        Heads = 6,
        KeyValueHeads = 2,
        HeadDimension = 64,
        Vocabulary = 80,
        Positions = 64,
    };

    public ModelShape Shape => shape;

    public float[] Read(string name)
    {
        var (place, dimensions) = LlamaTensors.Of(shape)
            .Select((tensor, index) => (index, tensor))
            .Where(entry => entry.tensor.Name == name)
            .Select(entry => (entry.index, entry.tensor.Shape))
            .Single();
        var random = new Random(seed + place);
        var isGain = dimensions.Length == 1;
        var values = new float[dimensions.Aggregate((a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            var value = random.NextDouble() - 0.5;
            values[i] = (float)(isGain ? 1 + value : 3 * value / Math.Sqrt(dimensions[1]));
        }

        return values;
    }

    public IReadOnlyList<SourceFile> Hash() => [new SourceFile("random", new string('0', 64))];

    public void Dispose()
    {
        // There is no file.
    }
}
