using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>Attention over the whole cache, the new rows included, with a mask: lengths do not depend on the position.</summary>
internal sealed partial class CudaGraph
{
    /// <summary>Queries of the heads that share a key: count · group.</summary>
    private const string Queries = "queries";

    private int Group => _shape.Heads / _shape.KeyValueHeads;

    /// <summary>Row m·group + g of the queries sees the positions up to that of token m.</summary>
    private string Visible()
    {
        var f = _functions;
        var position = f.Unsqueeze(CudaTensors.Positions, 1);
        var rows = _model.Value(
            f.Reshape(f.Concat(1, [.. Enumerable.Repeat(position, Group)]), -1, 1), OnnxType.Int64, Queries, 1);
        return f.Op("LessOrEqual", f.Unsqueeze(CudaTensors.Columns, 0), rows);
    }

    /// <summary>
    /// Writes the new rows of a layer into the cache and returns the heads' results [lanes, count, heads · size] for
    /// queries, keys and values [lanes, count, (heads + 2·kvHeads) · size].
    /// </summary>
    private string Attention(int layer, string qkv, CallValues call)
    {
        const int Size = ExactArithmetic.HeadSize;
        var f = _functions;
        int heads = _shape.Heads, shared = _shape.KeyValueHeads;
        var split = f.Op("Split", 3, [qkv, f.Int64(heads * Size, shared * Size, shared * Size)], OnnxAttribute.Int("axis", 2));

        // Queries [lanes, kvHeads, count·group, 64], as integers.
        string Grouped(string x, int last) => _model.Value(
            f.Reshape(f.Transpose(f.Reshape(x, 0, 0, shared, Group, last), 0, 2, 1, 3, 4), 0, shared, -1, last),
            OnnxType.Float, Lanes, shared, Queries, last);
        var (q, queryScale) = f.Round(Rotate(f.Reshape(split[0], 0, 0, heads, Size), call), ExactArithmetic.QueryLimit);
        (q, queryScale) = (Grouped(q, Size), Grouped(queryScale, 1));

        // New keys and values, and their scales, into the cache [capacity, lanes, kvHeads, 64].
        var (k, keyScale) = f.Round(Rotate(f.Reshape(split[1], 0, 0, shared, Size), call), ExactArithmetic.CacheLimit);
        var (v, valueScale) = f.Round(f.Reshape(split[2], 0, 0, shared, Size), ExactArithmetic.CacheLimit);
        string Rows(string x) => f.Transpose(f.Cast(x, OnnxType.Int8), 1, 0, 2, 3);
        string Scales(string x) => f.Transpose(f.Reshape(x, 0, 0, shared), 1, 0, 2);
        var keys = Store(layer, CudaCacheTensor.Key, Rows(k), call);
        var keyScales = Store(layer, CudaCacheTensor.KeyScale, Scales(keyScale), call);
        var values = Store(layer, CudaCacheTensor.Value, Rows(v), call);
        var valueScales = Store(layer, CudaCacheTensor.ValueScale, Scales(valueScale), call);

        // Rows of the cache that nothing wrote may hold anything, NaN as well: the mask comes after every product.
        string PerColumn(string scale) => f.Unsqueeze(f.Transpose(scale, 1, 2, 0), 2);
        var factor = f.Float(ExactArithmetic.QueryFactor);
        var products = f.Op("MatMul", q, f.Cast(f.Transpose(keys, 1, 2, 3, 0), OnnxType.Float));
        var scores = f.Op("Mul", f.Op("Mul", products, f.Op("Mul", queryScale, factor)), PerColumn(keyScales));
        scores = f.Op("Where", call.Visible, scores, f.Float(ExactArithmetic.LowestScore));
        var e = f.Exp2(f.Op("Sub", scores, f.RowMax(scores)));
        string Seen(string x) => f.Op("Where", call.Visible, x, f.Float(0));
        var unit = f.Float(ExactArithmetic.SoftmaxUnit);
        var sum = f.Op(
            "ReduceSum", [f.Cast(Seen(f.Op("Round", f.Op("Mul", e, unit))), OnnxType.Double), f.Int64(-1)],
            OnnxAttribute.Int("keepdims", 1));
        var (p, weightScale) = f.Round(Seen(f.Op("Mul", e, PerColumn(valueScales))), ExactArithmetic.AttentionLimit);
        var back = f.Op("Mul", weightScale, f.Op("Div", unit, f.Cast(sum, OnnxType.Float)));
        var totals = f.Op(
            "MatMul", f.Cast(p, OnnxType.Double), f.Cast(f.Transpose(values, 1, 2, 0, 3), OnnxType.Double));
        var o = f.Op("Mul", f.Cast(totals, OnnxType.Float), back);
        o = _model.Value(f.Reshape(o, 0, shared, -1, Group, Size), OnnxType.Float, Lanes, shared, Count, Group, Size);
        return f.Reshape(f.Transpose(o, 0, 2, 1, 3, 4), 0, 0, heads * Size);
    }

    /// <summary>Writes rows into a cache tensor in place, and returns the tensor.</summary>
    private string Store(int layer, CudaCacheTensor tensor, string rows, CallValues call)
    {
        var past = _model.Input(
            ModelTensors.Past(layer, tensor.Name), tensor.Type, tensor.Dimensions(_shape, Capacity, Lanes));
        var present = ModelTensors.Present(layer, tensor.Name);
        Output(present, "ScatterND", [past, call.Rows, rows], tensor.Type, tensor.Dimensions(_shape, Capacity, Lanes));
        return present;
    }

    /// <summary>Rotates heads [lanes, count, n, 64].</summary>
    private string Rotate(string x, CallValues call)
    {
        var f = _functions;
        var halves = f.Halves(x, 3);
        var a = f.Op("Sub", f.Op("Mul", halves[0], call.Cos), f.Op("Mul", halves[1], call.Sin));
        var b = f.Op("Add", f.Op("Mul", halves[1], call.Cos), f.Op("Mul", halves[0], call.Sin));
        return f.Concat(3, a, b);
    }
}
