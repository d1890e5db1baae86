using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NacrithOnnx.Export.Onnx;

/// <summary>
/// Writes one protobuf message, fields in the order of the calls, so equal calls give equal bytes (a guarantee that
/// protobuf libraries refuse to make). Wire format: https://protobuf.dev/programming-guides/encoding/.
/// </summary>
internal sealed class ProtoWriter
{
    // The three low bits of a field's key.
    private const int WireVarint = 0;
    private const int WireLengthDelimited = 2;
    private const int WireFixed32 = 5;

    // Seven bits a byte: the 64 bits of a negative int64 take ten.
    private const int MaxVarintBytes = 10;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>An int32, int64 or enum field; negative values take ten bytes, as protobuf wants.</summary>
    public void Integer(int field, long value)
    {
        Key(field, WireVarint);
        Varint((ulong)value);
    }

    /// <summary>A float field.</summary>
    public void Single(int field, float value)
    {
        Key(field, WireFixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
    }

    /// <summary>A bytes field, or a message that is already encoded.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, WireLengthDelimited);
        Varint((ulong)value.Length);
        _buffer.Write(value);
    }

    /// <summary>A string field.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message field.</summary>
    public void Message(int field, ProtoWriter value) => Bytes(field, value.Written);

    private void Key(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    private void Varint(ulong value)
    {
        var span = _buffer.GetSpan(MaxVarintBytes);
        var count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[count++] = (byte)(value | 0x80);
        }

        span[count++] = (byte)value;
        _buffer.Advance(count);
    }
}
