using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.Graphs;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

/// <summary>
/// Writes the graph of the exact model: matrix products by ONNX Runtime, everything else by functions.
/// </summary>
internal sealed class ModelGraph
{
    private readonly QuantizedModel _weights;
    private readonly PartsPlan _plan;
    private readonly ModelFunctions _functions;
    private readonly OnnxModel _model;
    private readonly WeightStore _store;

    private ModelGraph(QuantizedModel weights, PartsPlan plan, WeightStore store)
    {
        _weights = weights;
        _plan = plan;
        _store = store;
        _functions = new ModelFunctions(weights.Shape.Hidden, weights.Shape.Heads, weights.Shape.KeyValueHeads);
        _model = new OnnxModel("nacrith");
    }

    /// <summary>Returns the bytes of a model file whose weights are in <paramref name="store"/>.</summary>
    public static byte[] Write(QuantizedModel weights, PartsPlan plan, WeightStore store) =>
        new ModelGraph(weights, plan, store).Write(showActivations: false);

    /// <summary>The same, with the inputs of every matrix product as additional outputs.</summary>
    public static byte[] WriteForCalibration(QuantizedModel weights, WeightStore store) =>
        new ModelGraph(weights, PartsPlan.Precise, store).Write(showActivations: true);

    /// <summary>
    /// Parts and row scales of the inputs of the layers' matrix products, in the order of
    /// <see cref="LayerStatistics"/>.
    /// </summary>
    public static string[] ActivationOutputs(ModelShape shape)
    {
        var names = new List<string>();
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            foreach (var name in (string[])["a", "o", "f", "h"])
            {
                names.Add(InLayer(layer, name));
                names.Add(InLayer(layer, name + ".rows"));
            }
        }

        return [.. names];
    }

    private static string InLayer(int layer, string part) => FormattableString.Invariant($"layers.{layer}.{part}");

    private byte[] Write(bool showActivations)
    {
        var shape = _weights.Shape;
        var ids = _model.Input(ModelTensors.Tokens, OnnxType.Int64, "batch", "count");
        _model.Input(ModelTensors.Positions, OnnxType.Int64, "batch", "count");
        _model.Input(ModelTensors.PastLength, OnnxType.Int64, 1);
        _model.Input(ModelTensors.LogitsFrom, OnnxType.Int64, 1);
        _model.Initializer(ZeroPoint(wide: true), OnnxTensor.UInt8([], [ExactArithmetic.WideZeroPoint]));
        if (_plan != PartsPlan.Precise)
        {
            _model.Initializer(ZeroPoint(wide: false), OnnxTensor.UInt8([], [ExactArithmetic.NarrowZeroPoint]));
        }

        _model.Initializer("epsilon", OnnxTensor.Double([1], [_weights.Epsilon]));
        var (cos, sin) = RotaryTables.Create(shape.Positions, shape.HeadSize, _weights.RopeTheta);
        Store("cos", OnnxTensor.Float([shape.Positions, shape.HeadSize / 2], cos));
        Store("sin", OnnxTensor.Float([shape.Positions, shape.HeadSize / 2], sin));
        StoreMatrix("embedding", _weights.Embedding);

        _model.Call(ModelFunctions.Embed, [ids, "embedding", "embedding.scale"], ["x0"]);
        _model.Initializer("layers.0.gain", OnnxTensor.Float([shape.Hidden], _weights.Layers[0].InputGain));
        _model.Call(_functions.NormQuantize(_plan.Qkv), ["x0", "layers.0.gain", "epsilon"], [InLayer(0, "a"), InLayer(0, "a.rows")]);
        var x = "x0";
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            x = Layer(layer, x);
        }

        Head();
        foreach (var name in showActivations ? ActivationOutputs(shape) : [])
        {
            var isScale = name.EndsWith(".rows", StringComparison.Ordinal);
            _model.Output(name, isScale ? OnnxType.Float : OnnxType.UInt8, "rows", "channels");
        }

        return _model.ToArray();
    }

    /// <summary>
    /// Adds layer <paramref name="layer"/> on residual <paramref name="x"/>; returns the residual inside it.
    /// </summary>
    private string Layer(int layer, string x)
    {
        var shape = _weights.Shape;
        var weights = _weights.Layers[layer];
        string Name(string part) => InLayer(layer, part);
        string In(string part, OnnxType type, params object[] dimensions) =>
            _model.Input(ModelTensors.Past(layer, part), type, dimensions);
        string Out(string part, OnnxType type, params object[] dimensions)
        {
            var name = ModelTensors.Present(layer, part);
            _model.Output(name, type, dimensions);
            return name;
        }

        int shared = shape.KeyValueHeads, size = shape.HeadSize;
        StoreMatrix(Name("qkv"), weights.Qkv);
        StoreMatrix(Name("output"), weights.Output);
        StoreMatrix(Name("gate_up"), weights.GateUp);
        StoreMatrix(Name("down"), weights.Down);
        Product(Name("a"), Name("qkv"), _plan.Qkv);
        _model.Call(
            _functions.Attention(_plan.Qkv, _plan.Output),
            [
                Name("qkv.sums"), Name("qkv.scale"), Name("a.rows"), ModelTensors.Positions, "cos", "sin", ModelTensors.PastLength,
                In("key", OnnxType.Int8, "batch", shared, "tiles", size, ExactArithmetic.CacheMultiple),
                In("key_scale", OnnxType.Float, "batch", shared, "capacity"),
                In("value", OnnxType.Int8, "batch", shared, "capacity", size),
                In("value_scale", OnnxType.Float, "batch", shared, "capacity"),
            ],
            [
                Name("o"), Name("o.rows"),
                Out("key", OnnxType.Int8, "batch", shared, size, "count"),
                Out("key_scale", OnnxType.Float, "batch", shared, "count"),
                Out("value", OnnxType.Int8, "batch", shared, "count", size),
                Out("value_scale", OnnxType.Float, "batch", shared, "count"),
            ]);
        Product(Name("o"), Name("output"), _plan.Output);
        _model.Initializer(Name("feed_forward_gain"), OnnxTensor.Float([shape.Hidden], weights.FeedForwardGain));
        _model.Call(
            _functions.ResidualNormQuantize(_plan.Output, _plan.GateUp),
            [x, Name("output.sums"), Name("output.scale"), Name("o.rows"), Name("feed_forward_gain"), "epsilon"],
            [Name("x"), Name("f"), Name("f.rows")]);
        Product(Name("f"), Name("gate_up"), _plan.GateUp);
        _model.Call(
            ModelFunctions.SwiGluQuantize(_plan.GateUp, _plan.Down),
            [Name("gate_up.sums"), Name("gate_up.scale"), Name("f.rows")], [Name("h"), Name("h.rows")]);
        Product(Name("h"), Name("down"), _plan.Down);
        string[] sum = [Name("x"), Name("down.sums"), Name("down.scale"), Name("h.rows")];
        var next = layer + 1;
        if (next == shape.Layers)
        {
            _model.Initializer("final_gain", OnnxTensor.Float([shape.Hidden], _weights.FinalGain));
            _model.Call(
                _functions.FinalNormQuantize(_plan.Down, _plan.Head), [.. sum, "final_gain", "epsilon", ModelTensors.LogitsFrom],
                ["final", "final.rows"]);
            return string.Empty;
        }

        var gain = InLayer(next, "gain");
        _model.Initializer(gain, OnnxTensor.Float([shape.Hidden], _weights.Layers[next].InputGain));
        _model.Call(
            _functions.ResidualNormQuantize(_plan.Down, _plan.Qkv), [.. sum, gain, "epsilon"],
            [InLayer(next, "input"), InLayer(next, "a"), InLayer(next, "a.rows")]);
        return InLayer(next, "input");
    }

    private void Head()
    {
        Product("final", "embedding", _plan.Head);
        _model.Call(ModelFunctions.Logits(_plan.Head), ["embedding.sums", "embedding.scale", "final.rows"], ["flat_logits"]);
        _model.Initializer("shape_start", OnnxTensor.Int64([1], [0]));
        _model.Initializer("shape_end", OnnxTensor.Int64([1], [1]));
        HiddenStates();
        _model.Initializer("shape_rest", OnnxTensor.Int64([2], [-1, _weights.Shape.Vocabulary]));
        var batch = _model.Graph.Node("Slice", [_model.Graph.Node("Shape", [ModelTensors.Tokens]), "shape_start", "shape_end"]);
        var shape = _model.Graph.Node("Concat", [batch, "shape_rest"], OnnxAttribute.Int("axis", 0));
        _model.Initializer("hidden_rest", OnnxTensor.Int64([2], [-1, _weights.Shape.Hidden]));
        var hiddenShape = _model.Graph.Node("Concat", [batch, "hidden_rest"], OnnxAttribute.Int("axis", 0));
        _model.Graph.NodeInto("Reshape", ["flat_hidden", hiddenShape], [ModelTensors.HiddenStates]);
        _model.Output(ModelTensors.HiddenStates, OnnxType.Float, "batch", "kept", _weights.Shape.Hidden);
        _model.Graph.NodeInto("Reshape", ["flat_logits", shape], [ModelTensors.Logits]);
        _model.Output(ModelTensors.Logits, OnnxType.Float, "batch", "kept", _weights.Shape.Vocabulary);
    }

    /// <summary>
    /// The head's input as floats: (q − zero point), or high·128 + low of both parts, times the row's scale.
    /// </summary>
    private void HiddenStates()
    {
        var graph = _model.Graph;
        string Signed(string parts) => graph.Node(
            "Sub", [graph.Node("Cast", [parts], OnnxAttribute.Int("to", (int)OnnxType.Float)), "hidden_zero"]);
        _model.Initializer("hidden_zero", OnnxTensor.Float(
            [], [_plan.Head ? ExactArithmetic.WideZeroPoint : ExactArithmetic.NarrowZeroPoint]));
        var hidden = "final";
        if (_plan.Head)
        {
            _model.Initializer("hidden_unit", OnnxTensor.Float([], [1 << ExactArithmetic.PartBits]));
            _model.Initializer("hidden_end", OnnxTensor.Int64([1], [int.MaxValue]));
            var count = graph.Node("Slice", [graph.Node("Shape", ["final.rows"]), "shape_start", "shape_end"]);
            var high = graph.Node("Slice", ["final", "shape_start", count, "shape_start"]);
            var low = graph.Node("Slice", ["final", count, "hidden_end", "shape_start"]);
            hidden = graph.Node("Add", [graph.Node("Mul", [Signed(high), "hidden_unit"]), Signed(low)]);
        }
        else
        {
            hidden = Signed(hidden);
        }

        graph.NodeInto("Mul", [hidden, "final.rows"], ["flat_hidden"]);
    }

    private static string ZeroPoint(bool wide) => wide ? "zero_point.2" : "zero_point.1";

    private void Product(string parts, string matrix, bool wide) =>
        _model.Graph.NodeInto("MatMulInteger", [parts, matrix, ZeroPoint(wide)], [matrix + ".sums"]);

    private void StoreMatrix(string name, QuantizedMatrix matrix)
    {
        Store(name, OnnxTensor.Int8([matrix.Inputs, matrix.Outputs], matrix.Weights));
        _model.Initializer(name + ".scale", OnnxTensor.Float([matrix.Outputs], matrix.Scales));
    }

    private void Store(string name, OnnxTensor tensor) => _model.Initializer(name, tensor, _store.Put(name, tensor));
}
