using NacrithOnnx.Export;
using NacrithOnnx.Runtime.Onnx.Graphs;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>
/// The same model as usual exporters write it: float32, standard operators, one call for all tokens without a cache,
/// which is its fastest form. Its weights are random, because its time does not depend on them.
/// </summary>
internal sealed class FloatGraph
{
    public const string FileName = "float.onnx";
    public const string Tokens = "input_ids";
    public const string Output = "logits";

    private const int Seed = 1;

    private readonly ModelShape _shape;
    private readonly int _count;
    private readonly OnnxModel _model = new("float");
    private readonly ExternalDataWriter _store;
    private readonly Random _random = new(Seed);

    private FloatGraph(ModelShape shape, int count, ExternalDataWriter store)
    {
        _shape = shape;
        _count = count;
        _store = store;
    }

    /// <summary>Writes the graph and its weights for calls of <paramref name="count"/> tokens to a folder.</summary>
    public static void Write(ModelShape shape, int count, string folder)
    {
        using var store = new ExternalDataWriter(folder, "float");
        File.WriteAllBytes(Path.Combine(folder, FileName), new FloatGraph(shape, count, store).Write());
    }

    private byte[] Write()
    {
        _model.Input(Tokens, OnnxType.Int64, 1, _count);
        var half = _shape.HeadSize / 2;
        Weights("embedding", _shape.Vocabulary, _shape.Hidden);
        Weights("head", _shape.Hidden, _shape.Vocabulary);
        Constant("cos", [_count, 2 * half], (position, i) => MathF.Cos(Angle(position, i % half)));
        Constant("sin", [_count, 2 * half], (position, i) => MathF.Sin(Angle(position, i % half)));
        Constant("mask", [_count, _count], (query, key) => key <= query ? 0f : -1e9f);
        Constant("gain", [1, _shape.Hidden], (_, _) => 1f);
        Scalar("epsilon", 1e-5f);
        Scalar("two", 2f);
        Scalar("root", 1f / MathF.Sqrt(_shape.HeadSize));
        var x = _model.Graph.Node("Gather", ["embedding", Tokens]);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            x = Layer(FormattableString.Invariant($"layers.{layer}."), x);
        }

        _model.Graph.NodeInto("MatMul", [Norm(x), "head"], [Output]);
        _model.Output(Output, OnnxType.Float, 1, _count, _shape.Vocabulary);
        return _model.ToArray();
    }

    private string Layer(string name, string x)
    {
        var a = Norm(x);
        var q = Rotate(Heads(Product(a, name + "q", _shape.Hidden, _shape.Heads * _shape.HeadSize), _shape.Heads));
        var k = Rotate(Heads(SharedProduct(a, name + "k"), _shape.KeyValueHeads));
        var v = Heads(SharedProduct(a, name + "v"), _shape.KeyValueHeads);
        var scores = Node("MatMul", Node("Mul", q, "root"), Transpose(Repeat(k), 0, 1, 3, 2));
        var shares = _model.Graph.Node("Softmax", [Node("Add", scores, "mask")], OnnxAttribute.Int("axis", -1));
        var mixed = Reshape(Transpose(Node("MatMul", shares, Repeat(v)), 0, 2, 1, 3), 1, _count, _shape.Heads * _shape.HeadSize);
        x = Node("Add", x, Product(mixed, name + "o", _shape.Heads * _shape.HeadSize, _shape.Hidden));
        var f = Norm(x);
        var gate = Product(f, name + "gate", _shape.Hidden, _shape.Intermediate);
        var up = Product(f, name + "up", _shape.Hidden, _shape.Intermediate);
        var hidden = Node("Mul", Node("Mul", gate, _model.Graph.Node("Sigmoid", [gate])), up);
        return Node("Add", x, Product(hidden, name + "down", _shape.Intermediate, _shape.Hidden));
    }

    private string SharedProduct(string x, string name) => Product(x, name, _shape.Hidden, _shape.KeyValueHeads * _shape.HeadSize);

    private string Norm(string x)
    {
        var mean = _model.Graph.Node("ReduceMean", [Node("Pow", x, "two"), Integers(-1)]);
        var deviation = _model.Graph.Node("Sqrt", [Node("Add", mean, "epsilon")]);
        return Node("Mul", Node("Div", x, deviation), "gain");
    }

    private string Heads(string x, int heads) => Transpose(Reshape(x, 1, _count, heads, _shape.HeadSize), 0, 2, 1, 3);

    private string Rotate(string x)
    {
        var half = _shape.HeadSize / 2;
        var first = _model.Graph.Node("Slice", [x, Integers(0), Integers(half), Integers(3)]);
        var second = _model.Graph.Node("Slice", [x, Integers(half), Integers(2 * half), Integers(3)]);
        var turned = _model.Graph.Node("Concat", [_model.Graph.Node("Neg", [second]), first], OnnxAttribute.Int("axis", -1));
        return Node("Add", Node("Mul", x, "cos"), Node("Mul", turned, "sin"));
    }

    /// <summary>Repeats shared heads for the query heads that use them.</summary>
    private string Repeat(string x)
    {
        var group = _shape.Heads / _shape.KeyValueHeads;
        var apart = Reshape(x, 1, _shape.KeyValueHeads, 1, _count, _shape.HeadSize);
        var repeated = _model.Graph.Node(
            "Expand", [apart, Integers(1, _shape.KeyValueHeads, group, _count, _shape.HeadSize)]);
        return Reshape(repeated, 1, _shape.Heads, _count, _shape.HeadSize);
    }

    private string Product(string x, string name, int inputs, int outputs)
    {
        Weights(name, inputs, outputs);
        return Node("MatMul", x, name);
    }

    private string Node(string op, string left, string right) => _model.Graph.Node(op, [left, right]);

    private string Reshape(string x, params long[] shape) => _model.Graph.Node("Reshape", [x, Integers(shape)]);

    private string Transpose(string x, params long[] order) => _model.Graph.Node("Transpose", [x], OnnxAttribute.Ints("perm", order));

    private string Integers(params long[] values) => _model.Graph.Constant(OnnxTensor.Int64([values.Length], values));

    private void Scalar(string name, float value) => _model.Initializer(name, OnnxTensor.Float([], [value]));

    private void Constant(string name, long[] shape, Func<int, int, float> value)
    {
        var values = new float[shape[0] * shape[1]];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value((int)(i / shape[1]), (int)(i % shape[1]));
        }

        _model.Initializer(name, OnnxTensor.Float(shape, values));
    }

    private void Weights(string name, int inputs, int outputs)
    {
        var values = new float[inputs * outputs];
        var spread = 1f / MathF.Sqrt(inputs);
        foreach (ref var value in values.AsSpan())
        {
            value = spread * ((2f * _random.NextSingle()) - 1f);
        }

        var tensor = OnnxTensor.Float([inputs, outputs], values);
        _model.Initializer(name, tensor, _store.Add(tensor.Bytes));
    }

    private float Angle(int position, int channel) =>
        position / MathF.Pow(10_000f, 2f * channel / _shape.HeadSize);
}
