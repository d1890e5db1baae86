using System.Runtime.InteropServices;

namespace NacrithOnnx.Export.Onnx;

/// <summary>A constant whose values are stored in the model file itself: row-major, little-endian.</summary>
internal sealed class OnnxTensor
{
    private OnnxTensor(OnnxType type, long[] shape, byte[] data)
    {
        Type = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>Element type.</summary>
    public OnnxType Type { get; }

    /// <summary>Dimensions, outermost first; none for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Raw values.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>A tensor with no dimensions.</summary>
    public static OnnxTensor Scalar<T>(T value)
        where T : unmanaged => Of<T>([value], []);

    /// <summary>A tensor with one dimension.</summary>
    public static OnnxTensor Vector<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => Of(values, [values.Length]);

    /// <summary>A tensor of the given shape.</summary>
    /// <exception cref="ArgumentException">The shape does not hold that many values.</exception>
    public static OnnxTensor Of<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (ElementCount(shape) != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not fill [{string.Join(',', shape.ToArray())}]");
        }

        return new OnnxTensor(OnnxTypes.Of<T>(), shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>Number of elements of a shape.</summary>
    public static long ElementCount(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (var dimension in shape)
        {
            count = checked(count * dimension);
        }

        return count;
    }

    /// <summary>As TensorProto.</summary>
    internal ProtoWriter Encode(string name)
    {
        var message = EncodeHeader(name, Type, Shape);
        message.Bytes(TensorField.RawData, Data.Span);
        return message;
    }

    /// <summary>TensorProto of a tensor whose values lie in another file.</summary>
    internal static ProtoWriter EncodeExternal(
        string name, OnnxType type, IReadOnlyList<long> shape, ExternalData data)
    {
        var message = EncodeHeader(name, type, shape);
        Entry("location", data.Location);
        Entry("offset", FormattableString.Invariant($"{data.Offset}"));
        Entry("length", FormattableString.Invariant($"{data.Length}"));
        message.Integer(TensorField.DataLocation, TensorField.LocationExternal);
        return message;

        void Entry(string key, string value)
        {
            var entry = new ProtoWriter();
            entry.Text(1, key);
            entry.Text(2, value);
            message.Message(TensorField.ExternalData, entry);
        }
    }

    private static ProtoWriter EncodeHeader(string name, OnnxType type, IReadOnlyList<long> shape)
    {
        var message = new ProtoWriter();
        foreach (var dimension in shape)
        {
            message.Integer(TensorField.Dimensions, dimension);
        }

        message.Integer(TensorField.DataType, (int)type);
        if (name.Length > 0)
        {
            message.Text(TensorField.Name, name);
        }

        return message;
    }

    private static class TensorField
    {
        public const int Dimensions = 1;
        public const int DataType = 2;
        public const int Name = 8;
        public const int RawData = 9;
        public const int ExternalData = 13;
        public const int DataLocation = 14;
        public const int LocationExternal = 1;
    }
}
