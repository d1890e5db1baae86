using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>Unsigned LEB128: seven bits a byte, lowest first, high bit set on all but the last byte.</summary>
internal static class VarInt
{
    /// <summary>Bytes of the longest number: 63 bits in groups of seven.</summary>
    public const int MaxLength = 9;

    /// <summary>Appends <paramref name="value"/> in its shortest form.</summary>
    public static void Write(IBufferWriter<byte> output, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Span<byte> bytes = output.GetSpan(MaxLength);
        int length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        output.Advance(length);
    }
}
