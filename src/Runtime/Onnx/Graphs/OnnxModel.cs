namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>A model file: graph, inputs, outputs, initializers, functions.</summary>
internal sealed class OnnxModel(string name)
{
    private const int IrVersion = 10;
    private const int OperatorSet = 21;

    private readonly List<byte[]> _initializers = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];
    private readonly List<byte[]> _values = [];
    private readonly Dictionary<string, OnnxFunction> _functions = [];

    public GraphBuilder Graph { get; } = new();

    public static void WriteStandardOperators(ProtobufWriter writer)
    {
        writer.WriteString(1, string.Empty);
        writer.WriteInt(2, OperatorSet);
    }

    /// <summary>Declares an input; a dimension is a number or a name.</summary>
    public string Input(string input, OnnxType type, params object[] shape)
    {
        _inputs.Add(ValueInfo(input, type, shape));
        return input;
    }

    /// <summary>Declares an output that a node of the graph writes.</summary>
    public void Output(string output, OnnxType type, params object[] shape) => _outputs.Add(ValueInfo(output, type, shape));

    /// <summary>Tells the shape of a value where it cannot be inferred.</summary>
    public string Value(string value, OnnxType type, params object[] shape)
    {
        _values.Add(ValueInfo(value, type, shape));
        return value;
    }

    /// <summary>Adds an initializer, its bytes in the file or at <paramref name="external"/>.</summary>
    public string Initializer(string initializer, OnnxTensor tensor, ExternalData? external = null)
    {
        var writer = new ProtobufWriter();
        tensor.Write(writer, initializer, external);
        _initializers.Add(writer.ToArray());
        return initializer;
    }

    /// <summary>Adds an initializer of another model, as a TensorProto.</summary>
    public void Initializer(ReadOnlySpan<byte> tensor) => _initializers.Add(tensor.ToArray());

    /// <summary>Calls a function of the model, adding it on first use.</summary>
    public void Call(OnnxFunction function, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs)
    {
        _functions.TryAdd(function.Name, function);
        Graph.NodeOf(function.Domain, function.Name, inputs, outputs);
    }

    public byte[] ToArray()
    {
        var writer = new ProtobufWriter();
        writer.WriteInt(1, IrVersion);
        writer.WriteString(2, "NacrithOnnx");
        writer.WriteMessage(8, WriteStandardOperators);
        foreach (var domain in _functions.Values.Select(function => function.Domain).Distinct())
        {
            writer.WriteMessage(8, import =>
            {
                import.WriteString(1, domain);
                import.WriteInt(2, 1);
            });
        }

        writer.WriteMessage(7, graph =>
        {
            foreach (var node in Graph.Nodes)
            {
                graph.WriteBytes(1, node);
            }

            graph.WriteString(2, name);
            _initializers.ForEach(item => graph.WriteBytes(5, item));
            _inputs.ForEach(item => graph.WriteBytes(11, item));
            _outputs.ForEach(item => graph.WriteBytes(12, item));
            _values.ForEach(item => graph.WriteBytes(13, item));
        });
        foreach (var function in _functions.Values)
        {
            writer.WriteMessage(25, function.Write);
        }

        return writer.ToArray();
    }

    private static byte[] ValueInfo(string name, OnnxType type, object[] shape)
    {
        var writer = new ProtobufWriter();
        writer.WriteString(1, name);
        writer.WriteMessage(2, value => value.WriteMessage(1, tensor =>
        {
            tensor.WriteInt(1, (int)type);
            tensor.WriteMessage(2, dimensions =>
            {
                foreach (var dimension in shape)
                {
                    dimensions.WriteMessage(1, item =>
                    {
                        if (dimension is string symbol)
                        {
                            item.WriteString(2, symbol);
                        }
                        else
                        {
                            item.WriteInt(1, Convert.ToInt64(dimension, System.Globalization.CultureInfo.InvariantCulture));
                        }
                    });
                }
            });
        }));
        return writer.ToArray();
    }
}
