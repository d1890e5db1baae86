using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>A tensor: element type, shape, and its bytes as ONNX stores them (little-endian).</summary>
internal sealed record OnnxTensor(OnnxType Type, long[] Shape, byte[] Bytes)
{
    public static OnnxTensor Float(long[] shape, ReadOnlySpan<float> values) =>
        Of(OnnxType.Float, shape, MemoryMarshal.Cast<float, uint>(values), BinaryPrimitives.WriteUInt32LittleEndian);

    public static OnnxTensor Double(long[] shape, ReadOnlySpan<double> values) =>
        Of(OnnxType.Double, shape, MemoryMarshal.Cast<double, ulong>(values), BinaryPrimitives.WriteUInt64LittleEndian);

    public static OnnxTensor Int32(long[] shape, ReadOnlySpan<int> values) =>
        Of(OnnxType.Int32, shape, MemoryMarshal.Cast<int, uint>(values), BinaryPrimitives.WriteUInt32LittleEndian);

    public static OnnxTensor Int64(long[] shape, ReadOnlySpan<long> values) =>
        Of(OnnxType.Int64, shape, MemoryMarshal.Cast<long, ulong>(values), BinaryPrimitives.WriteUInt64LittleEndian);

    public static OnnxTensor UInt8(long[] shape, ReadOnlySpan<byte> values) =>
        new(OnnxType.UInt8, shape, values.ToArray());

    public static OnnxTensor Int8(long[] shape, ReadOnlySpan<sbyte> values) =>
        new(OnnxType.Int8, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Writes a TensorProto; if <paramref name="external"/> is given, the bytes are there.</summary>
    public void Write(ProtobufWriter writer, string name, ExternalData? external = null)
    {
        foreach (var dimension in Shape)
        {
            writer.WriteInt(1, dimension);
        }

        writer.WriteInt(2, (int)Type);
        if (name.Length > 0)
        {
            writer.WriteString(8, name);
        }

        if (external is null)
        {
            writer.WriteBytes(9, Bytes);
            return;
        }

        WriteEntry(writer, "location", external.Location);
        WriteEntry(writer, "offset", external.Offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WriteEntry(writer, "length", external.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteInt(14, 1);
    }

    private static void WriteEntry(ProtobufWriter writer, string key, string value) => writer.WriteMessage(13, entry =>
    {
        entry.WriteString(1, key);
        entry.WriteString(2, value);
    });

    private static OnnxTensor Of<T>(OnnxType type, long[] shape, ReadOnlySpan<T> values, WriteElement<T> write)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            write(bytes.AsSpan(i * size), values[i]);
        }

        return new(type, shape, bytes);
    }

    private delegate void WriteElement<in T>(Span<byte> target, T value);
}
