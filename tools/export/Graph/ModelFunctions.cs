using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Export;

/// <summary>
/// The model's functions: the names and signatures of the kernels, with bodies in standard operators.
/// </summary>
internal sealed class ModelFunctions(int hidden, int heads, int keyValueHeads)
{
    private const int Size = ExactArithmetic.HeadSize;

    public static OnnxFunction Embed { get; } = Define(
        KernelNames.Embed, ["ids", "table", "scale"], ["x"], f =>
        {
            var flat = f.Reshape("ids", -1);
            var rows = f.Transpose(
                f.Cast(f.Op("Gather", ["table", flat], OnnxAttribute.Int("axis", 1)), OnnxType.Float), 1, 0);
            var x = f.Op("Mul", rows, f.Unsqueeze(f.Op("Gather", "scale", flat), 1));
            var shape = f.Concat(0, f.Op("Shape", "ids"), f.Int64(-1));
            f.Result("x", f.Op("Reshape", x, shape));
        });

    public OnnxFunction NormQuantize(bool wideOut) => Define(
        KernelNames.NormQuantize(wideOut), ["x", "gain", "epsilon"], ["parts", "scale"],
        f => NormInto(f, f.Reshape("x", -1, hidden), wideOut));

    public OnnxFunction ResidualNormQuantize(bool wideIn, bool wideOut) => Define(
        KernelNames.ResidualNormQuantize(wideIn, wideOut),
        ["x", "sums", "columns", "rows", "gain", "epsilon"], ["y", "parts", "scale"], f =>
        {
            var sum = Residual(f, wideIn);
            f.Result("y", f.Op("Reshape", sum, f.Op("Shape", "x")));
            NormInto(f, sum, wideOut);
        });

    public OnnxFunction FinalNormQuantize(bool wideIn, bool wideOut) => Define(
        KernelNames.FinalNormQuantize(wideIn, wideOut),
        ["x", "sums", "columns", "rows", "gain", "epsilon", "from"], ["parts", "scale"], f =>
        {
            var sum = f.Op("Reshape", Residual(f, wideIn), f.Op("Shape", "x"));
            var kept = f.Op("Slice", sum, "from", f.Int64(int.MaxValue), f.Int64(1));
            NormInto(f, f.Reshape(kept, -1, hidden), wideOut);
        });

    public static OnnxFunction SwiGluQuantize(bool wideIn, bool wideOut) => Define(
        KernelNames.SwiGluQuantize(wideIn, wideOut), ["sums", "columns", "rows"], ["parts", "scale"], f =>
        {
            var product = f.Dequantize("sums", "columns", "rows", wideIn);
            var halves = f.Op("Split", 2, [product], OnnxAttribute.Int("axis", 1), OnnxAttribute.Int("num_outputs", 2));
            var gate = halves[0];
            var e = f.Exp2(f.Op("Mul", f.Op("Abs", gate), f.Float(-ExactArithmetic.Log2E)));
            var positive = f.Op("Div", f.Float(1), f.Op("Add", f.Float(1), e));
            var sigmoid = f.Op(
                "Where", f.Op("GreaterOrEqual", gate, f.Float(0)), positive, f.Op("Mul", e, positive));
            QuantizeInto(f, f.Op("Mul", f.Op("Mul", gate, sigmoid), halves[1]), wideOut);
        });

    public static OnnxFunction Logits(bool wideIn) => Define(
        KernelNames.Logits(wideIn), ["sums", "columns", "rows"], ["logits"],
        f => f.Result("logits", f.Dequantize("sums", "columns", "rows", wideIn)));

    /// <summary>See <see cref="AttentionWork{TFloat,TInt,TPairs}"/> for the equations.</summary>
    public OnnxFunction Attention(bool wideIn, bool wideOut) => Define(
        KernelNames.Attention(wideIn, wideOut),
        ["sums", "columns", "rows", "positions", "cos", "sin", "past", "past_key", "past_key_scale", "past_value", "past_value_scale"],
        ["parts", "scale", "key", "key_scale", "value", "value_scale"], f =>
        {
            var group = heads / keyValueHeads;
            var product = f.Dequantize("sums", "columns", "rows", wideIn);
            var split = f.Op("Split", 3, [product, f.Int64(heads * Size, keyValueHeads * Size, keyValueHeads * Size)],
                OnnxAttribute.Int("axis", 1));
            var shape = f.Op("Shape", "positions");
            string PerHead(string x, int count) => f.Op("Reshape", x, f.Concat(0, shape, f.Int64(count, Size)));

            // Queries [B, kvHeads, M·group, 64], keys [B, kvHeads, 64, M], values [B, kvHeads, M, 64], as integers.
            var (q, queryScale) = f.Round(Rotate(f, PerHead(split[0], heads)), ExactArithmetic.QueryLimit);
            string Grouped(string x, int last) => f.Op("Reshape",
                f.Transpose(f.Op("Reshape", x, f.Concat(0, shape, f.Int64(keyValueHeads, group, last))), 0, 2, 1, 3, 4),
                f.Concat(0, f.Op("Slice", shape, f.Int64(0), f.Int64(1)), f.Int64(keyValueHeads, -1, last)));
            q = Grouped(q, Size);
            queryScale = Grouped(queryScale, 1);
            var (k, keyScale) = f.Round(Rotate(f, PerHead(split[1], keyValueHeads)), ExactArithmetic.CacheLimit);
            k = f.Transpose(k, 0, 2, 3, 1);
            var (v, valueScale) = f.Round(PerHead(split[2], keyValueHeads), ExactArithmetic.CacheLimit);
            v = f.Transpose(v, 0, 2, 1, 3);
            string PerRow(string scale) => f.Transpose(f.Op("Squeeze", scale, f.Int64(-1)), 0, 2, 1);
            keyScale = PerRow(keyScale);
            valueScale = PerRow(valueScale);
            f.Result("key", f.Cast(k, OnnxType.Int8));
            f.Result("value", f.Cast(v, OnnxType.Int8));
            f.Result("key_scale", keyScale);
            f.Result("value_scale", valueScale);

            // Cache and new rows together: T = past + M positions.
            string Past(string cache, long axis) => f.Op("Slice", cache, f.Int64(0), "past", f.Int64(axis));
            var tiles = f.Reshape(f.Transpose("past_key", 0, 1, 3, 2, 4), 0, 0, Size, -1);
            var allKeys = f.Concat(3, f.Cast(Past(tiles, 3), OnnxType.Float), k);
            var allValues = f.Concat(2, f.Cast(Past("past_value", 2), OnnxType.Float), v);
            var allKeyScales = f.Unsqueeze(f.Concat(2, Past("past_key_scale", 2), keyScale), 2);
            var allValueScales = f.Unsqueeze(f.Concat(2, Past("past_value_scale", 2), valueScale), 2);

            // Row m·group + g sees the past and the new positions up to m.
            var count = f.Op("Squeeze", f.Op("Slice", shape, f.Int64(1), f.Int64(2)), f.Int64(0));
            string Scalar(long value) => f.Op("Squeeze", f.Int64(value), f.Int64(0));
            var fresh = f.Op("Range", Scalar(0), count, Scalar(1));
            var columns = f.Unsqueeze(f.Concat(0, f.Op("Expand", f.Int64(-1), "past"), fresh), 0);
            var rows = f.Op("Reshape",
                f.Op("Expand", f.Unsqueeze(fresh, 1), f.Int64(1, group)), f.Int64(-1, 1));
            var visible = f.Op("LessOrEqual", columns, rows);

            var factor = f.Float(ExactArithmetic.QueryFactor);
            var scores = f.Op("Mul",
                f.Op("Mul", f.Op("MatMul", q, allKeys), f.Op("Mul", queryScale, factor)), allKeyScales);
            scores = f.Op("Where", visible, scores, f.Float(ExactArithmetic.LowestScore));
            var last = f.Int64(-1);
            var keep = OnnxAttribute.Int("keepdims", 1);
            var e = f.Exp2(f.Op("Sub", scores, f.Op("ReduceMax", [scores, last], keep)));
            e = f.Op("Where", visible, e, f.Float(0));
            var unit = f.Float(ExactArithmetic.SoftmaxUnit);
            var sum = f.Op("ReduceSum", [f.Cast(f.Op("Round", f.Op("Mul", e, unit)), OnnxType.Double), last], keep);
            var (p, weightScale) = f.Round(f.Op("Mul", e, allValueScales), ExactArithmetic.AttentionLimit);
            var back = f.Op("Mul", weightScale, f.Op("Div", unit, f.Cast(sum, OnnxType.Float)));
            var totals = f.Op("MatMul", f.Cast(p, OnnxType.Double), f.Cast(allValues, OnnxType.Double));
            var o = f.Op("Mul", f.Cast(totals, OnnxType.Float), back);
            var ungrouped = f.Concat(0, f.Op("Slice", shape, f.Int64(0), f.Int64(1)), f.Int64(keyValueHeads),
                f.Op("Slice", shape, f.Int64(1), f.Int64(2)), f.Int64(group, Size));
            o = f.Reshape(f.Transpose(f.Op("Reshape", o, ungrouped), 0, 2, 1, 3, 4), -1, heads * Size);
            QuantizeInto(f, o, wideOut);
        });

    private static OnnxFunction Define(string name, string[] inputs, string[] outputs, Action<FunctionBuilder> write)
    {
        var body = new GraphBuilder();
        write(new FunctionBuilder(body));
        return new OnnxFunction(KernelRegistry.Domain, name, inputs, outputs, body);
    }

    private static string Residual(FunctionBuilder f, bool wideIn)
    {
        var product = f.Dequantize("sums", "columns", "rows", wideIn);
        return f.Op("Add", f.Op("Reshape", "x", f.Op("Shape", product)), product);
    }

    private void NormInto(FunctionBuilder f, string rows, bool wideOut)
    {
        var inverse = f.InverseRms(rows, "epsilon", hidden);
        var (parts, scale) = f.Quantize(f.Op("Mul", rows, "gain"), wideOut);
        f.Result("parts", parts);
        f.Result("scale", f.Op("Mul", scale, inverse));
    }

    private static void QuantizeInto(FunctionBuilder f, string rows, bool wideOut)
    {
        var (parts, scale) = f.Quantize(rows, wideOut);
        f.Result("parts", parts);
        f.Result("scale", scale);
    }

    private static string Rotate(FunctionBuilder f, string x)
    {
        var cos = f.Unsqueeze(f.Op("Gather", "cos", "positions"), 2);
        var sin = f.Unsqueeze(f.Op("Gather", "sin", "positions"), 2);
        var halves = f.Op("Split", 2, [x], OnnxAttribute.Int("axis", 3), OnnxAttribute.Int("num_outputs", 2));
        var a = f.Op("Sub", f.Op("Mul", halves[0], cos), f.Op("Mul", halves[1], sin));
        var b = f.Op("Add", f.Op("Mul", halves[1], cos), f.Op("Mul", halves[0], sin));
        return f.Concat(3, a, b);
    }
}
