namespace NacrithOnnx.Export.Onnx;

/// <summary>One attribute of a node, encoded when it is made.</summary>
internal sealed class OnnxAttribute
{
    // AttributeProto: the field of each kind of value, and the number of the kind itself.
    private const int NameField = 1;
    private const int FloatField = 2;
    private const int IntField = 3;
    private const int StringField = 4;
    private const int TensorField = 5;
    private const int IntsField = 8;
    private const int TypeField = 20;
    private const int ReferenceField = 21;
    private const int FloatType = 1;
    private const int IntType = 2;
    private const int StringType = 3;
    private const int TensorType = 4;
    private const int IntsType = 7;

    private readonly ProtoWriter _message = new();

    private OnnxAttribute(string name) => _message.Text(NameField, name);

    /// <summary>An integer.</summary>
    public static OnnxAttribute Int(string name, long value)
    {
        var attribute = new OnnxAttribute(name);
        attribute._message.Integer(IntField, value);
        return attribute.OfType(IntType);
    }

    /// <summary>A single.</summary>
    public static OnnxAttribute Float(string name, float value)
    {
        var attribute = new OnnxAttribute(name);
        attribute._message.Single(FloatField, value);
        return attribute.OfType(FloatType);
    }

    /// <summary>A text.</summary>
    public static OnnxAttribute Text(string name, string value)
    {
        var attribute = new OnnxAttribute(name);
        attribute._message.Text(StringField, value);
        return attribute.OfType(StringType);
    }

    /// <summary>A list of integers.</summary>
    public static OnnxAttribute Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new OnnxAttribute(name);
        foreach (var value in values)
        {
            attribute._message.Integer(IntsField, value);
        }

        return attribute.OfType(IntsType);
    }

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Tensor(string name, OnnxTensor value)
    {
        var attribute = new OnnxAttribute(name);
        attribute._message.Message(TensorField, value.Encode(string.Empty));
        return attribute.OfType(TensorType);
    }

    /// <summary>In a function's body: the integer that the caller gave as an attribute of the function.</summary>
    public static OnnxAttribute IntOfFunction(string name, string functionAttribute) =>
        new OnnxAttribute(name).Referring(functionAttribute, IntType);

    /// <summary>In a function's body: the single that the caller gave as an attribute of the function.</summary>
    public static OnnxAttribute FloatOfFunction(string name, string functionAttribute) =>
        new OnnxAttribute(name).Referring(functionAttribute, FloatType);

    /// <summary>As AttributeProto.</summary>
    internal ProtoWriter Encode() => _message;

    private OnnxAttribute Referring(string functionAttribute, int type)
    {
        _message.Text(ReferenceField, functionAttribute);
        return OfType(type);
    }

    private OnnxAttribute OfType(int type)
    {
        _message.Integer(TypeField, type);
        return this;
    }
}
