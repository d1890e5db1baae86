using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Windows-1252 (a superset of Latin-1's letters) to UTF-8 and back: all 256 bytes have a character of their own.</summary>
internal static class Windows1252
{
    private const int FirstSpecial = 0x80;

    /// <summary>Legacy text is decided by majority: one well-formed UTF-8 sequence for this many other bytes may be an accident.</summary>
    private const int AccidentsPer = 8;

    /// <summary>At most one byte in this many may be outside ASCII: prose with accents has one in ten to twenty-five.</summary>
    private const int BytesPerSpecial = 6;

    /// <summary>Characters of 80..9F; the five unassigned bytes map to the control characters of their own number.</summary>
    private const string Specials =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>Whether a region is mostly ASCII with bytes that cannot be UTF-8.</summary>
    public static bool Looks(ReadOnlySpan<byte> region)
    {
        if (Utf8.IsValid(region))
        {
            return false;
        }

        var length = region.Length;
        var special = 0;
        var sequences = 0;
        while (!region.IsEmpty)
        {
            var ascii = region.IndexOfAnyInRange((byte)FirstSpecial, byte.MaxValue);
            if (ascii < 0)
            {
                break;
            }

            region = region[ascii..];
            var valid = Rune.DecodeFromUtf8(region, out _, out var used) == OperationStatus.Done;
            sequences += valid ? 1 : 0;
            special += valid ? 0 : used;
            region = region[used..];
        }

        return special > sequences * AccidentsPer && special * (long)BytesPerSpecial <= length;
    }

    /// <summary>UTF-8 of any bytes.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> region)
    {
        var text = new byte[region.Length * 3];
        var to = 0;
        foreach (var value in region)
        {
            to += new Rune(ToChar(value)).EncodeToUtf8(text.AsSpan(to));
        }

        return text[..to];
    }

    /// <summary>Windows-1252 of a text, or null when the text is not UTF-8 of that many of its characters.</summary>
    public static byte[]? FromUtf8(ReadOnlySpan<byte> text, int length)
    {
        if (length > text.Length)
        {
            return null;
        }

        var bytes = new byte[length];
        var to = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var used) != OperationStatus.Done
                || to == length || !TryToByte(rune.Value, out bytes[to++]))
            {
                return null;
            }

            text = text[used..];
        }

        return to == length ? bytes : null;
    }

    private static char ToChar(byte value) =>
        (uint)(value - FirstSpecial) < (uint)Specials.Length ? Specials[value - FirstSpecial] : (char)value;

    private static bool TryToByte(int codePoint, out byte value)
    {
        var special = codePoint <= char.MaxValue ? Specials.IndexOf((char)codePoint) : -1;
        value = (byte)(special >= 0 ? FirstSpecial + special : codePoint);
        return special >= 0 || codePoint is < FirstSpecial or (>= 0xA0 and <= 0xFF);
    }
}
