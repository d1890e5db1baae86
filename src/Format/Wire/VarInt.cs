using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>
/// Unsigned LEB128: seven bits per byte, least significant first, high bit set on all but the last byte.
/// </summary>
public static class VarInt
{
    /// <summary>Bytes of the largest number: 63 bits in groups of seven.</summary>
    public const int MaxLength = 9;

    /// <summary>Appends a non-negative number in its shortest form.</summary>
    public static void Write(IBufferWriter<byte> output, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var bytes = output.GetSpan(MaxLength);
        var length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Reads a number in its shortest form from the start of <paramref name="source"/>.</summary>
    /// <returns>False if the bytes are cut, too long, or not the shortest form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out long value, out int consumed)
    {
        value = 0;
        for (consumed = 0; consumed < Math.Min(source.Length, MaxLength);)
        {
            var digit = source[consumed];
            value |= (long)(digit & 0x7F) << (7 * consumed);
            consumed++;
            if (digit <= 0x7F)
            {
                return digit != 0 || consumed == 1;
            }
        }

        return false;
    }
}
