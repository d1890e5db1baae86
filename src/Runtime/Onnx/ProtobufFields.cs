using System.Buffers;
using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>Iterates over the fields of a protobuf message, the encoding of ONNX files, without copying.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int WireBits = 3;
    private const int VarintWire = 0;
    private const int Fixed64Wire = 1;
    private const int BytesWire = 2;
    private const int Fixed32Wire = 5;

    /// <summary>Seven bits in each of ten bytes hold an int64.</summary>
    private const int MaxVarintBits = 70;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The whole field, with its number and wire type.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>Number of the current field.</summary>
    public int Number { get; private set; }

    /// <summary>Its value, if it is a varint.</summary>
    public long Value { get; private set; }

    /// <summary>Its bytes, if it is a string or a message; else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Writes a field that is a string or a message.</summary>
    public static void Write(ArrayBufferWriter<byte> target, int number, ReadOnlySpan<byte> bytes)
    {
        VarInt.Write(target, (number << WireBits) | BytesWire);
        VarInt.Write(target, bytes.Length);
        target.Write(bytes);
    }

    /// <summary>Moves to the next field.</summary>
    /// <exception cref="EnvironmentException">The message is malformed.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var start = _rest;
        var key = Varint();
        Number = (int)(key >> WireBits);
        Value = 0;
        Bytes = default;
        switch ((int)key & ((1 << WireBits) - 1))
        {
            case VarintWire:
                Value = Varint();
                break;
            case BytesWire:
                Bytes = Take(Varint());
                break;
            case Fixed32Wire:
                Take(sizeof(uint));
                break;
            case Fixed64Wire:
                Take(sizeof(ulong));
                break;
            default:
                throw Malformed();
        }

        Raw = start[..^_rest.Length];
        return true;
    }

    private static EnvironmentException Malformed() => new("A graph of the model folder is not an ONNX file.");

    private ReadOnlySpan<byte> Take(long length)
    {
        if ((ulong)length > (ulong)_rest.Length)
        {
            throw Malformed();
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private long Varint()
    {
        long value = 0;
        for (var shift = 0; shift < MaxVarintBits; shift += 7)
        {
            var next = Take(1)[0];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed();
    }
}
