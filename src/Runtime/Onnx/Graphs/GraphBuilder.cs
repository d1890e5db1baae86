namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>Collects the nodes of a graph or of a function body; names follow the order of the calls.</summary>
internal sealed class GraphBuilder
{
    private readonly List<byte[]> _nodes = [];
    private readonly Dictionary<string, string> _constants = [];
    private int _next;

    /// <summary>NodeProto messages in order.</summary>
    public IReadOnlyList<byte[]> Nodes => _nodes;

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string op, ReadOnlySpan<string> inputs, params OnnxAttribute[] attributes) =>
        Node(op, 1, inputs, attributes)[0];

    /// <summary>Adds a node and returns the names of its outputs.</summary>
    public string[] Node(string op, int outputs, ReadOnlySpan<string> inputs, params OnnxAttribute[] attributes)
    {
        var names = new string[outputs];
        for (var i = 0; i < outputs; i++)
        {
            names[i] = FormattableString.Invariant($"v{_next++}");
        }

        NodeInto(op, inputs, names, attributes);
        return names;
    }

    /// <summary>Adds a node whose outputs have given names.</summary>
    public void NodeInto(
        string op, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, params OnnxAttribute[] attributes) =>
        NodeOf(string.Empty, op, inputs, outputs, attributes);

    /// <summary>Adds a node of an operator outside the standard domain.</summary>
    public void NodeOf(
        string domain, string op, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs,
        params OnnxAttribute[] attributes)
    {
        var writer = new ProtobufWriter();
        foreach (var input in inputs)
        {
            writer.WriteString(1, input);
        }

        foreach (var output in outputs)
        {
            writer.WriteString(2, output);
        }

        writer.WriteString(3, outputs[0]);
        writer.WriteString(4, op);
        foreach (var attribute in attributes)
        {
            writer.WriteMessage(5, attribute.Write);
        }

        if (domain.Length > 0)
        {
            writer.WriteString(7, domain);
        }

        _nodes.Add(writer.ToArray());
    }

    /// <summary>A Constant node; equal constants share one.</summary>
    public string Constant(OnnxTensor tensor)
    {
        var key = $"{tensor.Type}[{string.Join(',', tensor.Shape)}]{Convert.ToHexString(tensor.Bytes)}";
        if (!_constants.TryGetValue(key, out var name))
        {
            name = Node("Constant", [], OnnxAttribute.Tensor("value", tensor));
            _constants.Add(key, name);
        }

        return name;
    }
}
