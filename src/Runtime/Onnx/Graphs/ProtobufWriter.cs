using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>The part of the protobuf wire format that ONNX files need.</summary>
internal sealed class ProtobufWriter
{
    private const int VarintWire = 0;
    private const int BytesWire = 2;
    private const int Fixed32Wire = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void WriteInt(int field, long value)
    {
        WriteVarint(((ulong)field << 3) | VarintWire);
        WriteVarint((ulong)value);
    }

    public void WriteFloat(int field, float value)
    {
        WriteVarint(((ulong)field << 3) | Fixed32Wire);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void WriteString(int field, string value) => WriteBytes(field, Encoding.UTF8.GetBytes(value));

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(((ulong)field << 3) | BytesWire);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
    }

    public void WriteMessage(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        WriteBytes(field, inner.ToArray());
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _bytes.Write([(byte)value]);
    }
}
