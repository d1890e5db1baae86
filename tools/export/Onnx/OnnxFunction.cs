namespace NacrithOnnx.Export.Onnx;

/// <summary>
/// A model-local function: nodes under a name, that other nodes call like an operator. ONNX Runtime puts the body in
/// place of the call, unless an operator of the same name and domain is registered, which it then runs instead.
/// </summary>
internal sealed class OnnxFunction : NodeList
{
    private const int NameField = 1;
    private const int InputField = 4;
    private const int OutputField = 5;
    private const int AttributeField = 6;
    private const int NodeField = 7;
    private const int OpsetField = 9;
    private const int DomainField = 10;

    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly string[] _attributes;

    /// <summary>A function of <see cref="OnnxModel.Domain"/> with an empty body, whose nodes use the inputs by name and
    /// must make a value of each output's name. Every caller has to give the attributes.</summary>
    public OnnxFunction(
        string name,
        ReadOnlySpan<string> inputs,
        ReadOnlySpan<string> outputs,
        ReadOnlySpan<string> attributes)
    {
        Name = name;
        _inputs = inputs.ToArray();
        _outputs = outputs.ToArray();
        _attributes = attributes.ToArray();
    }

    /// <summary>Name in the domain.</summary>
    public string Name { get; }

    /// <summary>As FunctionProto.</summary>
    internal ProtoWriter Encode()
    {
        var function = new ProtoWriter();
        function.Text(NameField, Name);
        foreach (var input in _inputs)
        {
            function.Text(InputField, input);
        }

        foreach (var output in _outputs)
        {
            function.Text(OutputField, output);
        }

        foreach (var attribute in _attributes)
        {
            function.Text(AttributeField, attribute);
        }

        foreach (var node in Encoded)
        {
            function.Message(NodeField, node);
        }

        OnnxModel.EncodeOpsets(function, OpsetField);
        function.Text(DomainField, OnnxModel.Domain);
        return function;
    }

    // A function has no initializers.
    private protected override string AddConstant(string name, OnnxTensor tensor) =>
        Node("Constant", [], [OnnxAttribute.Tensor("value", tensor)], output: name);
}
