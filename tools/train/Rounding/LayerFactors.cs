using NacrithOnnx.Export;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Train.Model;

namespace NacrithOnnx.Train.Rounding;

/// <summary>Smoothing factors of a layer's matrix inputs, chosen as the exporter chooses them.</summary>
internal sealed record LayerFactors(float[] Qkv, float[] Output, float[] GateUp, float[] Down)
{
    /// <summary>Chooses the factors.</summary>
    public static LayerFactors From(LlamaWeights weights, int layer, LayerStatistics statistics)
    {
        float[] Read(string part) => weights.Read(LlamaTensors.Layer(layer, part));
        var shape = weights.Shape;
        var shared = Smoother.Share(
            Smoother.Factors(statistics.Output.Max, Read(LlamaTensors.Output)),
            shape.Heads, shape.KeyValueHeads, shape.HeadDimension);
        var down = Smoother.Factors(statistics.Down.Max, Read(LlamaTensors.Down));

        // The factors of these two leave through the rows of value and up, so theirs come after.
        var value = Smoother.DivideOutputs(Read(LlamaTensors.Value), shared);
        var up = Smoother.DivideOutputs(Read(LlamaTensors.Up), down);
        return new LayerFactors(
            Smoother.Factors(statistics.Qkv.Max, [.. Read(LlamaTensors.Query), .. Read(LlamaTensors.Key), .. value]),
            Smoother.Spread(shared, shape.Heads, shape.KeyValueHeads, shape.HeadDimension),
            Smoother.Factors(statistics.GateUp.Max, [.. Read(LlamaTensors.Gate), .. up]),
            down);
    }

    /// <summary>Factors of the channels of an input.</summary>
    public float[] Of(MatrixInput input) => input switch
    {
        MatrixInput.Qkv => Qkv,
        MatrixInput.Output => Output,
        MatrixInput.GateUp => GateUp,
        MatrixInput.Down => Down,
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "this input is not smoothed"),
    };
}
