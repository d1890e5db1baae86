namespace NacrithOnnx.Export.Onnx;

/// <summary>The main graph. Inputs, outputs and initializers keep the order in which they were added.</summary>
internal sealed class OnnxGraph : NodeList
{
    private const int NodeField = 1;
    private const int NameField = 2;
    private const int InitializerField = 5;
    private const int InputField = 11;
    private const int OutputField = 12;

    private readonly string _name;
    private readonly List<ProtoWriter> _initializers = [];
    private readonly List<ProtoWriter> _inputs = [];
    private readonly List<ProtoWriter> _outputs = [];

    /// <summary>An empty graph.</summary>
    public OnnxGraph(string name) => _name = name;

    /// <summary>Declares an input.</summary>
    /// <returns><paramref name="name"/>.</returns>
    public string Input(string name, OnnxType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        _inputs.Add(ValueInfo(name, type, shape));
        return name;
    }

    /// <summary>Declares an output; a node must make a value of this name.</summary>
    public void Output(string name, OnnxType type, params ReadOnlySpan<OnnxDimension> shape) =>
        _outputs.Add(ValueInfo(name, type, shape));

    /// <summary>A constant with a name of its own and values in the model file.</summary>
    /// <returns><paramref name="name"/>.</returns>
    public string Initializer(string name, OnnxTensor tensor)
    {
        _initializers.Add(tensor.Encode(name));
        return name;
    }

    /// <summary>A constant with values in another file.</summary>
    /// <returns><paramref name="name"/>.</returns>
    /// <exception cref="ArgumentException">The data have another length than the shape.</exception>
    public string External(string name, OnnxType type, ReadOnlySpan<long> shape, ExternalData data)
    {
        if (OnnxTensor.ElementCount(shape) * type.Size() != data.Length)
        {
            var wanted = string.Join(',', shape.ToArray());
            throw new ArgumentException($"{name}: {data.Length} bytes do not fill [{wanted}]");
        }

        _initializers.Add(OnnxTensor.EncodeExternal(name, type, shape.ToArray(), data));
        return name;
    }

    /// <summary>As GraphProto.</summary>
    internal ProtoWriter Encode()
    {
        var graph = new ProtoWriter();
        AddAll(NodeField, Encoded);
        graph.Text(NameField, _name);
        AddAll(InitializerField, _initializers);
        AddAll(InputField, _inputs);
        AddAll(OutputField, _outputs);
        return graph;

        void AddAll(int field, IReadOnlyList<ProtoWriter> messages)
        {
            foreach (var message in messages)
            {
                graph.Message(field, message);
            }
        }
    }

    private protected override string AddConstant(string name, OnnxTensor tensor) => Initializer(name, tensor);

    // ValueInfoProto { name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 | dim_param 2 }}}}}
    private static ProtoWriter ValueInfo(string name, OnnxType type, ReadOnlySpan<OnnxDimension> shape)
    {
        var dimensions = new ProtoWriter();
        foreach (var dimension in shape)
        {
            var one = new ProtoWriter();
            if (dimension.Symbol is { } symbol)
            {
                one.Text(2, symbol);
            }
            else
            {
                one.Integer(1, dimension.Value);
            }

            dimensions.Message(1, one);
        }

        var tensor = new ProtoWriter();
        tensor.Integer(1, (int)type);
        tensor.Message(2, dimensions);
        var types = new ProtoWriter();
        types.Message(1, tensor);
        var info = new ProtoWriter();
        info.Text(1, name);
        info.Message(2, types);
        return info;
    }
}
