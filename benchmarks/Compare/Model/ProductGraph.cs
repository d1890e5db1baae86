using NacrithOnnx.Export;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.Graphs;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>
/// Only the matrix products of a model: every layer and the head, each with its own weights, so that they stream
/// through the caches as in the model.
/// </summary>
internal static class ProductGraph
{
    public const string FileName = "products.onnx";
    public const string Output = "logits.sums";

    /// <summary>Seed of the weights; the time of a product does not depend on them.</summary>
    private const int Seed = 1;

    /// <summary>Name of the activations that products of a shape read.</summary>
    public static string Input(MatrixShape shape) => FormattableString.Invariant($"x{shape.Inputs}.{(shape.Wide ? 2 : 1)}");

    /// <summary>All products in order, the head last.</summary>
    public static List<MatrixShape> Shapes(ModelShape model, string plan)
    {
        var parts = plan == PartsPlan.Precise.Id ? PartsPlan.Precise : PartsPlan.Fast;
        var attention = model.Heads * model.HeadSize;
        var shapes = new List<MatrixShape>();
        for (var layer = 0; layer < model.Layers; layer++)
        {
            string Name(string matrix) => FormattableString.Invariant($"layers.{layer}.{matrix}");
            shapes.Add(new(Name("qkv"), model.Hidden, attention + (2 * model.KeyValueHeads * model.HeadSize), parts.Qkv));
            shapes.Add(new(Name("output"), attention, model.Hidden, parts.Output));
            shapes.Add(new(Name("gate_up"), model.Hidden, 2 * model.Intermediate, parts.GateUp));
            shapes.Add(new(Name("down"), model.Intermediate, model.Hidden, parts.Down));
        }

        shapes.Add(new("logits", model.Hidden, model.Vocabulary, parts.Head));
        return shapes;
    }

    /// <summary>Writes the graph and its weights to a folder.</summary>
    public static void Write(IReadOnlyList<MatrixShape> shapes, string folder)
    {
        var model = new OnnxModel("products");
        using var store = new ExternalDataWriter(folder, "products");
        var random = new Random(Seed);
        foreach (var wide in shapes.Select(shape => shape.Wide).Distinct())
        {
            var zeroPoint = wide ? ExactArithmetic.WideZeroPoint : ExactArithmetic.NarrowZeroPoint;
            model.Initializer(ZeroPoint(wide), OnnxTensor.UInt8([], [(byte)zeroPoint]));
        }

        foreach (var shape in shapes.DistinctBy(Input))
        {
            model.Input(Input(shape), OnnxType.UInt8, "rows" + (shape.Wide ? "2" : "1"), shape.Inputs);
        }

        foreach (var shape in shapes)
        {
            var weights = new sbyte[shape.Inputs * shape.Outputs];
            foreach (ref var weight in weights.AsSpan())
            {
                weight = (sbyte)random.Next(-ExactArithmetic.NarrowWeightLimit, ExactArithmetic.NarrowWeightLimit + 1);
            }

            var tensor = OnnxTensor.Int8([shape.Inputs, shape.Outputs], weights);
            model.Initializer(shape.Name, tensor, store.Add(tensor.Bytes));
            model.Graph.NodeInto("MatMulInteger", [Input(shape), shape.Name, ZeroPoint(shape.Wide)], [shape.Name + ".sums"]);
        }

        model.Output(Output, OnnxType.Int32, "rows", shapes[^1].Outputs);
        File.WriteAllBytes(Path.Combine(folder, FileName), model.ToArray());
    }

    private static string ZeroPoint(bool wide) => wide ? "zero_point.2" : "zero_point.1";
}
