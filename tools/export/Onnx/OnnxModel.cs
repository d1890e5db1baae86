namespace NacrithOnnx.Export.Onnx;

/// <summary>An ONNX file: the main graph and the functions it calls.</summary>
internal sealed class OnnxModel
{
    /// <summary>Domain of the model-local functions, and of the custom operators that may replace them.</summary>
    public const string Domain = "nacrith";

    // IR 10 is the first that knows operator set 21 (ONNX 1.16); ONNX Runtime reads it since 1.18.
    private const int IrVersion = 10;
    private const int OpsetVersion = 21;
    private const int DomainVersion = 1;

    private const int IrVersionField = 1;
    private const int ProducerField = 2;
    private const int GraphField = 7;
    private const int OpsetField = 8;
    private const int FunctionField = 25;
    private const string Producer = "NacrithOnnx";

    private readonly List<OnnxFunction> _functions = [];

    /// <summary>A model with an empty graph.</summary>
    public OnnxModel(string graphName) => Graph = new OnnxGraph(graphName);

    /// <summary>The main graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>Adds a function with an empty body to the model.</summary>
    /// <exception cref="ArgumentException">The model has a function of this name.</exception>
    public OnnxFunction Function(
        string name,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<string> outputs,
        params ReadOnlySpan<string> attributes)
    {
        if (_functions.Exists(function => function.Name == name))
        {
            throw new ArgumentException($"the function {name} is there already", nameof(name));
        }

        var function = new OnnxFunction(name, inputs, outputs, attributes);
        _functions.Add(function);
        return function;
    }

    /// <summary>Writes the file; equal models give equal bytes.</summary>
    public void Write(Stream stream)
    {
        var model = new ProtoWriter();
        model.Integer(IrVersionField, IrVersion);
        model.Text(ProducerField, Producer);
        EncodeOpsets(model, OpsetField);
        model.Message(GraphField, Graph.Encode());
        foreach (var function in _functions)
        {
            model.Message(FunctionField, function.Encode());
        }

        stream.Write(model.Written);
    }

    /// <summary>Adds the operator sets of a model or function: ONNX's own and <see cref="Domain"/>.</summary>
    internal static void EncodeOpsets(ProtoWriter message, int field)
    {
        Encode(string.Empty, OpsetVersion);
        Encode(Domain, DomainVersion);

        void Encode(string domain, int version)
        {
            var opset = new ProtoWriter();
            opset.Text(1, domain);
            opset.Integer(2, version);
            message.Message(field, opset);
        }
    }
}
