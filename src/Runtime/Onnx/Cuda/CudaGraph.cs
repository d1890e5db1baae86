using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.Graphs;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// The model as a graph that runs on the CUDA provider alone: made in memory from the graph of the model folder, with
/// the same weights and the same integers at every step, so with the same logits (docs/cuda.md).
/// </summary>
/// <remarks>
/// It computes no shape: that would put nodes on the CPU. Every length is known from an input or inferred by Reshape.
/// </remarks>
internal sealed partial class CudaGraph
{
    private const string Lanes = CudaFunctions.Lanes;
    private const string Count = CudaFunctions.Count;
    private const string Kept = "kept_count";
    private const string Capacity = "capacity";
    private const string Head = "embedding";

    private readonly ModelShape _shape;
    private readonly SourceGraph _source;
    private readonly OnnxModel _model = new("nacrith-cuda");
    private readonly HashSet<string> _copied = new(StringComparer.Ordinal);
    private readonly CudaFunctions _functions;

    private CudaGraph(SourceGraph source, ModelShape shape)
    {
        _source = source;
        _shape = shape;
        _functions = new CudaFunctions(_model);
    }

    /// <summary>Makes the graph.</summary>
    /// <param name="model">The graph of the model folder.</param>
    /// <param name="shape">Dimensions of the model.</param>
    /// <returns>A model as bytes; its weights stay in their files.</returns>
    /// <exception cref="EnvironmentException">The graph is not one of the exact arithmetic.</exception>
    public static byte[] Write(ReadOnlySpan<byte> model, ModelShape shape) =>
        new CudaGraph(new SourceGraph(model), shape).Write();

    private int HeadsWidth => _shape.Heads * _shape.HeadSize;

    private int QkvWidth => HeadsWidth + (2 * _shape.KeyValueHeads * _shape.HeadSize);

    private byte[] Write()
    {
        var f = _functions;
        _model.Input(CudaTensors.Tokens, OnnxType.Int64, Lanes, Count);
        _model.Input(CudaTensors.Positions, OnnxType.Int64, Count);
        _model.Input(CudaTensors.Rows, OnnxType.Int64, Count);
        _model.Input(CudaTensors.Columns, OnnxType.Int64, Capacity);
        _model.Input(CudaTensors.Kept, OnnxType.Int64, Kept);
        var call = new CallValues(
            f.Unsqueeze(f.Gather(Tensor("cos"), CudaTensors.Positions, 0), 1),
            f.Unsqueeze(f.Gather(Tensor("sin"), CudaTensors.Positions, 0), 1),
            f.Unsqueeze(CudaTensors.Rows, 1),
            Visible());

        var x = Embedding();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            string Name(string part) => FormattableString.Invariant($"layers.{layer}.{part}");
            var qkv = Product(NormQuantize(x, Name("gain"), Name("qkv")), Name("qkv"), QkvWidth);
            var heads = Quantize(Attention(layer, qkv, call), HeadsWidth, Name("output"));
            x = f.Op("Add", x, Product(heads, Name("output"), _shape.Hidden));
            var gates = Product(
                NormQuantize(x, Name("feed_forward_gain"), Name("gate_up")), Name("gate_up"), 2 * _shape.Intermediate);
            x = f.Op("Add", x, Product(Quantize(SwiGlu(gates), _shape.Intermediate, Name("down")), Name("down"), _shape.Hidden));
        }

        var (parts, scale) = NormQuantize(f.Gather(x, CudaTensors.Kept, 1), "final_gain", Head, Kept);
        var hidden = f.Joined(parts, _shape.Hidden, _source.IsWide(Head), Kept);
        Output(CudaTensors.HiddenStates, "Mul", [hidden, scale], OnnxType.Float, Lanes, Kept, _shape.Hidden);
        Output(CudaTensors.Logits, "Mul", [Scaled(parts, Head, _shape.Vocabulary, Kept), scale], OnnxType.Float,
            Lanes, Kept, _shape.Vocabulary);
        return _model.ToArray();
    }

    /// <summary>The embedding is stored as [hidden, vocabulary], for the head.</summary>
    private string Embedding()
    {
        var f = _functions;
        var rows = f.Transpose(f.Gather(Tensor(Head), CudaTensors.Tokens, 1), 1, 2, 0);
        var scale = f.Unsqueeze(f.Gather(Tensor(Head + ".scale"), CudaTensors.Tokens, 0), 2);
        return f.Op("Mul", f.Cast(rows, OnnxType.Float), scale);
    }

    /// <summary>Rows after the root mean square norm, as the integers that a matrix takes.</summary>
    private (string Parts, string Scale) NormQuantize(string x, string gain, string matrix, string count = Count)
    {
        var f = _functions;
        var inverse = f.InverseRms(x, Tensor("epsilon"), _shape.Hidden);
        var (parts, scale) = Quantize(f.Op("Mul", x, Tensor(gain)), _shape.Hidden, matrix, count);
        return (parts, f.Op("Mul", scale, inverse));
    }

    private (string Parts, string Scale) Quantize(string x, int width, string matrix, string count = Count) =>
        _functions.QuantizeSigned(x, width, _source.IsWide(matrix), count);

    private string Product((string Parts, string Scale) rows, string matrix, int columns) =>
        _functions.Op("Mul", Scaled(rows.Parts, matrix, columns, Count), rows.Scale);

    /// <summary>A product without the scales of its rows.</summary>
    private string Scaled(string parts, string matrix, int columns, string count) => _functions.Product(
        parts, Tensor(matrix), Tensor(matrix + ".scale"), _source.IsWide(matrix), columns, count);

    private string SwiGlu(string gates)
    {
        var f = _functions;
        var halves = f.Halves(gates, 2);
        var gate = halves[0];
        var e = f.Exp2(f.Op("Mul", f.Op("Abs", gate), f.Float(-ExactArithmetic.Log2E)));
        var positive = f.Op("Div", f.Float(1), f.Op("Add", f.Float(1), e));
        var sigmoid = f.Op("Where", f.Op("GreaterOrEqual", gate, f.Float(0)), positive, f.Op("Mul", e, positive));
        return f.Op("Mul", f.Op("Mul", gate, sigmoid), halves[1]);
    }

    /// <summary>A tensor of the model folder's graph, copied on first use.</summary>
    private string Tensor(string name)
    {
        if (_copied.Add(name))
        {
            _model.Initializer(_source.Tensor(name));
        }

        return name;
    }

    private void Output(string name, string op, string[] inputs, OnnxType type, params object[] dimensions)
    {
        _model.Graph.NodeInto(op, inputs, [name]);
        _model.Output(name, type, dimensions);
    }

    /// <summary>Values that all layers of a call share.</summary>
    /// <param name="Cos">cos [count, 1, size / 2] of the rotary embedding.</param>
    /// <param name="Sin">sin of it.</param>
    /// <param name="Rows">Rows of the cache to write [count, 1].</param>
    /// <param name="Visible">Which rows of the cache each query sees [count · group, capacity].</param>
    private sealed record CallValues(string Cos, string Sin, string Rows, string Visible);
}
