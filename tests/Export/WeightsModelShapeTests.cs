using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Tests.Export;

public sealed class WeightsModelShapeTests
{
    // SmolLM2-360M.
    private static readonly ModelShape Larger = new()
    {
        Layers = 32,
        Hidden = 960,
        Heads = 15,
        KeyValueHeads = 5,
        HeadDimension = 64,
        Intermediate = 2560,
        Vocabulary = 49152,
        Positions = 8192,
        RmsEpsilon = 1e-5f,
        RopeTheta = 100_000,
        TiedEmbeddings = true,
        StartToken = 0,
    };

    [Fact]
    public void The_larger_model_of_the_family_has_its_published_number_of_weights()
    {
        Larger.Checked("test");
        var tensors = LlamaTensors.Of(Larger).ToList();

        Assert.Equal(2 + (32 * 9), tensors.Count);
        Assert.Equal(361_821_120, tensors.Sum(tensor => tensor.Shape.Aggregate((a, b) => a * b)));
        Assert.Equal([320L, 960L], tensors.Single(tensor => tensor.Name == "model.layers.31.self_attn.k_proj.weight").Shape);
    }

    [Fact]
    public void A_head_of_its_own_is_one_tensor_more() => Assert.Contains(
        LlamaTensors.Of(Larger with { TiedEmbeddings = false }),
        tensor => tensor.Name == "lm_head.weight" && tensor.Shape is [49152, 960]);

    [Fact]
    public void Impossible_values_are_refused()
    {
        ModelShape[] impossible =
        [
            Larger with { Layers = 0 },
            Larger with { Vocabulary = -1 },
            Larger with { Intermediate = int.MaxValue },
            Larger with { HeadDimension = 63 },
            Larger with { KeyValueHeads = 4 },
            Larger with { Heads = 1 << 24, KeyValueHeads = 1 << 24 },
            Larger with { RmsEpsilon = 0 },
            Larger with { RmsEpsilon = float.NaN },
            Larger with { RopeTheta = float.PositiveInfinity },
            Larger with { RopeTheta = 1 },
            Larger with { StartToken = 49152 },
        ];

        Assert.All(impossible, shape => Assert.Throws<EnvironmentException>(() => shape.Checked("test")));
    }
}
