using System.Text;

namespace NacrithOnnx.Tests.Format.Independent;

/// <summary>The MessagePack subset of docs/format.md, read into plain objects.</summary>
internal static class IndependentMessagePack
{
    /// <summary>Reads one value: long, string, byte[], list of values, or list of pairs.</summary>
    public static object Read(byte[] bytes, ref int at)
    {
        int code = bytes[at++];
        switch (code)
        {
            case <= 0x7F:
                return (long)code;
            case <= 0x8F:
                return Pairs(bytes, ref at, code & 15);
            case <= 0x9F:
                return Values(bytes, ref at, code & 15);
            case <= 0xBF:
                return Text(bytes, ref at, code & 31);
            case >= 0xC4 and <= 0xC6:
                var length = Length(bytes, ref at, 1 << (code - 0xC4), 0xFFFF, 0xFF, -1);
                at += length;
                return bytes[(at - length)..at];
            case >= 0xCC and <= 0xCF:
                return Unsigned(bytes, ref at, 1 << (code - 0xCC), 0xFFFF, 0xFF, 0x7F);
            case >= 0xD0 and <= 0xD3:
                return Negative(bytes, ref at, 1 << (code - 0xD0));
            case >= 0xD9 and <= 0xDB:
                return Text(bytes, ref at, Length(bytes, ref at, 1 << (code - 0xD9), 0xFFFF, 0xFF, 31));
            case 0xDC or 0xDD:
                return Values(bytes, ref at, Length(bytes, ref at, 2 << (code - 0xDC), 0xFFFF, 15, 15));
            case 0xDE or 0xDF:
                return Pairs(bytes, ref at, Length(bytes, ref at, 2 << (code - 0xDE), 0xFFFF, 15, 15));
            case >= 0xE0:
                return (long)(code - 256);
            default:
                throw new InvalidDataException("type");
        }
    }

    private static string Text(byte[] bytes, ref int at, int length)
    {
        at += length;
        return Encoding.ASCII.GetString(bytes, at - length, length);
    }

    private static List<object> Values(byte[] bytes, ref int at, int count)
    {
        var values = new List<object>();
        for (; count > 0; count--)
        {
            values.Add(Read(bytes, ref at));
        }

        return values;
    }

    private static List<(object Key, object Value)> Pairs(byte[] bytes, ref int at, int count)
    {
        var pairs = new List<(object, object)>();
        for (; count > 0; count--)
        {
            var key = Read(bytes, ref at);
            pairs.Add((key, Read(bytes, ref at)));
        }

        return pairs;
    }

    /// <summary>Reads a number of 1, 2, 4 or 8 bytes and refuses one that a shorter form could hold.</summary>
    private static long Unsigned(byte[] bytes, ref int at, int size, long max2, long max1, long max0)
    {
        var value = BigEndian(bytes, ref at, size);
        var shorter = size switch { 1 => max0, 2 => max1, 4 => max2, _ => uint.MaxValue };
        return value <= long.MaxValue && (long)value > shorter ? (long)value : throw new InvalidDataException("shortest");
    }

    private static int Length(byte[] bytes, ref int at, int size, long max2, long max1, long max0)
    {
        var length = Unsigned(bytes, ref at, size, max2, max1, max0);
        return length <= bytes.Length - at ? (int)length : throw new InvalidDataException("length");
    }

    private static long Negative(byte[] bytes, ref int at, int size)
    {
        var value = (long)(BigEndian(bytes, ref at, size) << (64 - (8 * size))) >> (64 - (8 * size));
        long shorter = size switch { 1 => -32, 2 => -128, 4 => -32_768, _ => int.MinValue };
        return value < shorter ? value : throw new InvalidDataException("shortest");
    }

    private static ulong BigEndian(byte[] bytes, ref int at, int size)
    {
        ulong value = 0;
        for (; size > 0; size--)
        {
            value = (value << 8) | bytes[at++];
        }

        return value;
    }
}
