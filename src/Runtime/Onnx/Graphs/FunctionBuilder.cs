using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>
/// Writes function bodies in standard operators: one IEEE operation per node, or sums of integers that cannot round.
/// These are the specification of the kernels.
/// </summary>
internal class FunctionBuilder(GraphBuilder graph)
{
    private readonly GraphBuilder _graph = graph;

    public string Op(string type, params ReadOnlySpan<string> inputs) => _graph.Node(type, inputs);

    public string Op(string type, string[] inputs, params OnnxAttribute[] attributes) =>
        _graph.Node(type, inputs, attributes);

    public string[] Op(string type, int outputs, string[] inputs, params OnnxAttribute[] attributes) =>
        _graph.Node(type, outputs, inputs, attributes);

    /// <summary>Gives a value the name of an output of the function.</summary>
    public void Result(string name, string value) => _graph.NodeInto("Identity", [value], [name]);

    public string Float(float value) => _graph.Constant(OnnxTensor.Float([], [value]));

    public string Double(double value) => _graph.Constant(OnnxTensor.Double([], [value]));

    public string Int32(int value) => _graph.Constant(OnnxTensor.Int32([], [value]));

    public string Int64(params long[] values) => _graph.Constant(OnnxTensor.Int64([values.Length], values));

    public string Cast(string x, OnnxType type) => Op("Cast", [x], OnnxAttribute.Int("to", (int)type));

    public string Reshape(string x, params long[] shape) => Op("Reshape", x, Int64(shape));

    public string Transpose(string x, params long[] order) => Op("Transpose", [x], OnnxAttribute.Ints("perm", order));

    public string Concat(long axis, params string[] parts) => Op("Concat", parts, OnnxAttribute.Int("axis", axis));

    public string Unsqueeze(string x, long axis) => Op("Unsqueeze", x, Int64(axis));

    /// <summary>Largest value of each row [.., 1].</summary>
    public virtual string RowMax(string x) => Op("ReduceMax", [x, Int64(-1)], OnnxAttribute.Int("keepdims", 1));

    /// <summary>Rows as integers: round(x · limit/max|x|), and their scale max|x|/limit [.., 1].</summary>
    public (string Rounded, string Scale) Round(string x, float limit)
    {
        var max = Op("Max", RowMax(Op("Abs", x)), Float(ExactArithmetic.Tiny));
        var inverse = Op("Div", Float(limit), max);
        return (Op("Round", Op("Mul", x, inverse)), Op("Div", max, Float(limit)));
    }

    /// <summary>Rows [R, K] as bytes for a matrix product: [R, K], or [2R, K] with the high parts first.</summary>
    public (string Parts, string Scale) Quantize(string x, bool wide)
    {
        var zeroPoint = Float(wide ? ExactArithmetic.WideZeroPoint : ExactArithmetic.NarrowZeroPoint);
        var (rounded, scale) = Round(x, wide ? ExactArithmetic.WideLimit : ExactArithmetic.NarrowLimit);
        var shifted = Op("Add", rounded, zeroPoint);
        if (!wide)
        {
            return (Cast(shifted, OnnxType.UInt8), scale);
        }

        const float Unit = 1 << ExactArithmetic.PartBits;
        var high = Op("Floor", Op("Mul", shifted, Float(1 / Unit)));
        var low = Op("Sub", shifted, Op("Mul", high, Float(Unit)));
        return (Cast(Concat(0, Op("Add", high, zeroPoint), low), OnnxType.UInt8), scale);
    }

    /// <summary>Sums of a matrix product as floats [R, N]: (sum · columnScale) · rowScale.</summary>
    public string Dequantize(string sums, string columnScale, string rowScale, bool wide)
    {
        if (wide)
        {
            // Two slices, because Split rejects an input without rows.
            var count = Op("Slice", Op("Shape", rowScale), Int64(0), Int64(1));
            var high = Op("Slice", sums, Int64(0), count, Int64(0));
            var low = Op("Slice", sums, count, Int64(int.MaxValue), Int64(0));
            sums = Op("Add", Op("Mul", high, Int32(1 << ExactArithmetic.PartBits)), low);
        }

        return Op("Mul", Op("Mul", Cast(sums, OnnxType.Float), columnScale), rowScale);
    }

    /// <summary>1 / sqrt(mean x² + epsilon) of rows [R, width] from an exact sum of squares.</summary>
    public string InverseRms(string x, string epsilon, int width)
    {
        var (rounded, scale) = Round(x, ExactArithmetic.NormLimit);
        var exact = Cast(rounded, OnnxType.Double);
        var sum = Op("ReduceSum", [Op("Mul", exact, exact), Int64(-1)], OnnxAttribute.Int("keepdims", 1));
        var unit = Cast(scale, OnnxType.Double);
        var mean = Op("Mul", Op("Mul", sum, Op("Mul", unit, unit)), Double(1.0 / width));
        return Cast(Op("Div", Double(1), Op("Sqrt", Op("Add", mean, epsilon))), OnnxType.Float);
    }

    /// <summary>2^x for x ≤ 0.</summary>
    public string Exp2(string x)
    {
        var clamped = Op("Max", x, Float(ExactArithmetic.Exp2Floor));
        var whole = Op("Floor", clamped);
        var f = Op("Sub", clamped, whole);
        var p = Op("Add", Op("Mul", Float(ExactArithmetic.Exp2C4), f), Float(ExactArithmetic.Exp2C3));
        p = Op("Add", Op("Mul", p, f), Float(ExactArithmetic.Exp2C2));
        p = Op("Add", Op("Mul", p, f), Float(ExactArithmetic.Exp2C1));
        p = Op("Add", Op("Mul", p, f), Float(1));
        var powers = new float[1 - (int)ExactArithmetic.Exp2Floor];
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = i == 0 ? 1 : powers[i - 1] / 2;
        }

        var table = _graph.Constant(OnnxTensor.Float([powers.Length], powers));
        return Op("Mul", p, Op("Gather", table, Cast(Op("Neg", whole), OnnxType.Int64)));
    }
}
