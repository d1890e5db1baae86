namespace NacrithOnnx.Export.Onnx;

/// <summary>
/// Nodes in order, the common part of a graph and of a function's body. Values are strings: each method returns the
/// names of the values it makes, which are the inputs of later nodes. Names made up here are v0, v1, ...
/// </summary>
internal abstract class NodeList
{
    private const int InputField = 1;
    private const int OutputField = 2;
    private const int NameField = 3;
    private const int OperatorField = 4;
    private const int AttributeField = 5;
    private const int DomainField = 7;

    // Constants up to this size are kept once however often they are asked for; axes, shapes and scalars, in effect.
    private const int SharedConstantBytes = 512;

    private readonly List<ProtoWriter> _nodes = [];
    private readonly Dictionary<string, string> _shared = [];
    private int _values;

    /// <summary>Number of nodes.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>Nodes as NodeProto, in order.</summary>
    private protected IReadOnlyList<ProtoWriter> Encoded => _nodes;

    /// <summary>Adds a node with one output and no attributes.</summary>
    /// <returns>The name of its output.</returns>
    public string Node(string op, params ReadOnlySpan<string> inputs) => Nodes(op, 1, inputs, [])[0];

    /// <summary>Adds a node with one output.</summary>
    /// <param name="op">Operator, or the name of a function.</param>
    /// <param name="inputs">Values; an empty name leaves an optional input out.</param>
    /// <param name="attributes">Attributes.</param>
    /// <param name="domain">Operator set; empty for ONNX's own.</param>
    /// <param name="output">Name of the output; one is made up where none is given.</param>
    /// <returns>The name of its output.</returns>
    public string Node(
        string op,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<OnnxAttribute> attributes,
        string domain = "",
        string? output = null)
    {
        output ??= NewValue();
        Add(op, inputs, [output], attributes, domain);
        return output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    /// <returns>The names of its outputs.</returns>
    public string[] Nodes(
        string op,
        int outputs,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<OnnxAttribute> attributes,
        string domain = "")
    {
        var names = new string[outputs];
        for (var i = 0; i < outputs; i++)
        {
            names[i] = NewValue();
        }

        Add(op, inputs, names, attributes, domain);
        return names;
    }

    /// <summary>Adds a node whose outputs are named by the caller, as those of a graph or function must be.</summary>
    public void Add(
        string op,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<string> outputs,
        ReadOnlySpan<OnnxAttribute> attributes,
        string domain = "")
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
        {
            node.Text(InputField, input);
        }

        foreach (var output in outputs)
        {
            node.Text(OutputField, output);
        }

        node.Text(NameField, FormattableString.Invariant($"{op}_{_nodes.Count}"));
        node.Text(OperatorField, op);
        foreach (var attribute in attributes)
        {
            node.Message(AttributeField, attribute.Encode());
        }

        if (domain.Length > 0)
        {
            node.Text(DomainField, domain);
        }

        _nodes.Add(node);
    }

    /// <summary>A constant with values in the model file; equal small constants become one.</summary>
    /// <returns>The name of its value.</returns>
    public string Constant(OnnxTensor tensor)
    {
        if (tensor.Data.Length > SharedConstantBytes)
        {
            return AddConstant(NewValue(), tensor);
        }

        var key = $"{tensor.Type}[{string.Join(',', tensor.Shape)}]{Convert.ToHexString(tensor.Data.Span)}";
        if (!_shared.TryGetValue(key, out var name))
        {
            name = AddConstant(NewValue(), tensor);
            _shared.Add(key, name);
        }

        return name;
    }

    /// <summary>A constant without dimensions.</summary>
    /// <returns>The name of its value.</returns>
    public string Scalar<T>(T value)
        where T : unmanaged => Constant(OnnxTensor.Scalar(value));

    /// <summary>A constant with one dimension: axes, a shape, the sizes of a split.</summary>
    /// <returns>The name of its value.</returns>
    public string Vector<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => Constant(OnnxTensor.Vector(values));

    /// <summary>Adds a constant under a name of its own.</summary>
    /// <returns><paramref name="name"/>.</returns>
    private protected abstract string AddConstant(string name, OnnxTensor tensor);

    private string NewValue() => FormattableString.Invariant($"v{_values++}");
}
