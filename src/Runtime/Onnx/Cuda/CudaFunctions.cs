using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// The steps of the exact arithmetic in operators that the CUDA provider has: the same integers as the function bodies
/// of the model, but signed, because its MatMulInteger takes signed bytes only.
/// </summary>
/// <remarks>
/// Lengths that depend on the call have names. ONNX Runtime infers them, except where lengths are added, divided or left
/// open: there the graph states them. With unknown lengths no memory is shared, and planning it takes a minute.
/// </remarks>
internal sealed class CudaFunctions(OnnxModel model) : FunctionBuilder(model.Graph)
{
    /// <summary>Number of lanes.</summary>
    public const string Lanes = "lanes";

    /// <summary>Tokens of a lane.</summary>
    public const string Count = "count";

    /// <summary>
    /// The provider finds the place of a row's maximum by itself, but for ReduceMax it needs cuDNN, which is no part of
    /// CUDA.
    /// </summary>
    public override string RowMax(string x)
    {
        var place = Op("ArgMax", [x], OnnxAttribute.Int("axis", -1), OnnxAttribute.Int("keepdims", 1));
        return Op("GatherElements", [x, place], OnnxAttribute.Int("axis", -1));
    }

    /// <summary>
    /// Rows [lanes, count, K] as signed bytes: [lanes, count, K], or [lanes, 2·count, K] with the high parts first.
    /// </summary>
    /// <param name="x">The rows.</param>
    /// <param name="width">K.</param>
    /// <param name="wide">Whether in two parts.</param>
    /// <param name="count">Rows of each lane.</param>
    public (string Parts, string Scale) QuantizeSigned(string x, int width, bool wide, string count)
    {
        if (!wide)
        {
            var (narrow, narrowScale) = Round(x, ExactArithmetic.NarrowLimit);
            return (Cast(narrow, OnnxType.Int8), narrowScale);
        }

        const float Unit = 1 << ExactArithmetic.PartBits;
        var (rounded, scale) = Round(x, ExactArithmetic.WideLimit);
        var zeroPoint = Float(ExactArithmetic.WideZeroPoint);
        var shifted = Op("Add", rounded, zeroPoint);
        var high = Op("Floor", Op("Mul", shifted, Float(1 / Unit)));
        var low = Op("Sub", Op("Sub", shifted, Op("Mul", high, Float(Unit))), zeroPoint);
        var parts = model.Value(Concat(1, high, low), OnnxType.Float, Lanes, "2" + count, width);
        return (Cast(parts, OnnxType.Int8), scale);
    }

    /// <summary>The integers that <see cref="QuantizeSigned"/> rounded to, as floats.</summary>
    public string Joined(string parts, int width, bool wide, string count)
    {
        if (!wide)
        {
            return Cast(parts, OnnxType.Float);
        }

        var halves = Parted(Cast(parts, OnnxType.Float), OnnxType.Float, width, count);
        return Op("Add", Op("Mul", halves[0], Float(1 << ExactArithmetic.PartBits)), halves[1]);
    }

    /// <summary>A matrix product of signed bytes as floats, without the scales of its rows: sum · columnScale.</summary>
    /// <param name="parts">The rows.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="columnScale">Scales of its columns.</param>
    /// <param name="wide">Whether the rows have two parts.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="count">Rows of each lane.</param>
    public string Product(string parts, string matrix, string columnScale, bool wide, int columns, string count)
    {
        var sums = Op("MatMulInteger", parts, matrix);
        if (wide)
        {
            var halves = Parted(sums, OnnxType.Int32, columns, count);
            sums = Op("Add", Op("Mul", halves[0], Int32(1 << ExactArithmetic.PartBits)), halves[1]);
        }

        return Op("Mul", Cast(sums, OnnxType.Float), columnScale);
    }

    public string[] Halves(string x, long axis) =>
        Op("Split", 2, [x], OnnxAttribute.Int("axis", axis), OnnxAttribute.Int("num_outputs", 2));

    /// <summary>High and low part of rows.</summary>
    private string[] Parted(string x, OnnxType type, int width, string count) =>
        [.. Halves(x, 1).Select(half => model.Value(half, type, Lanes, count, width))];

    public string Gather(string table, string indices, long axis) =>
        Op("Gather", [table, indices], OnnxAttribute.Int("axis", axis));
}
