namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>An attribute of a node.</summary>
internal sealed class OnnxAttribute
{
    private const int IntType = 2;
    private const int TensorType = 4;
    private const int IntsType = 7;

    private readonly Action<ProtobufWriter> _write;

    private OnnxAttribute(Action<ProtobufWriter> write)
    {
        _write = write;
    }

    public static OnnxAttribute Int(string name, long value) => new(writer =>
    {
        writer.WriteString(1, name);
        writer.WriteInt(3, value);
        writer.WriteInt(20, IntType);
    });

    public static OnnxAttribute Ints(string name, long[] values) => new(writer =>
    {
        writer.WriteString(1, name);
        foreach (var value in values)
        {
            writer.WriteInt(8, value);
        }

        writer.WriteInt(20, IntsType);
    });

    public static OnnxAttribute Tensor(string name, OnnxTensor value) => new(writer =>
    {
        writer.WriteString(1, name);
        writer.WriteMessage(5, tensor => value.Write(tensor, string.Empty));
        writer.WriteInt(20, TensorType);
    });

    public void Write(ProtobufWriter writer) => _write(writer);
}
