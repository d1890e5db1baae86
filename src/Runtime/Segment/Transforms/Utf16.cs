using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>UTF-16 to UTF-8 and back, without loss or not at all.</summary>
internal static class Utf16
{
    private const int UnitSize = sizeof(char);
    private const char Mark = '\uFEFF';

    /// <summary>Whether a region is well-formed UTF-16 that begins with a byte order mark or looks like text.</summary>
    public static bool Looks(ReadOnlySpan<byte> region, bool bigEndian)
    {
        if (region.Length < UnitSize || region.Length % UnitSize != 0)
        {
            return false;
        }

        return (Unit(region, bigEndian) == Mark || Count(region, bigEndian).IsText) && IsWellFormed(region, bigEndian);
    }

    /// <summary>Whether nearly all units of a short piece are of scripts in daily use.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> piece, bool bigEndian) => Count(piece, bigEndian).IsPlausible;

    /// <summary>Whether all units of a short piece are of scripts in daily use.</summary>
    public static bool IsAllDaily(ReadOnlySpan<byte> piece, bool bigEndian) => Count(piece, bigEndian).IsAllDaily;

    /// <summary>Number of units that are printable ASCII or white space.</summary>
    public static int CountAscii(ReadOnlySpan<byte> region, bool bigEndian) => Count(region, bigEndian).Ascii;

    /// <summary>UTF-8 of a region for which <see cref="Looks"/> holds; a mark stays.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> region, bool bigEndian)
    {
        // Three bytes at most for a unit, and a pair of units takes four.
        var text = new byte[region.Length / UnitSize * 3];
        if (region.Length % UnitSize != 0
            || Utf8.FromUtf16(Units(region, bigEndian), text, out _, out var written, replaceInvalidSequences: false)
                != OperationStatus.Done)
        {
            throw new ArgumentException("Not well-formed UTF-16.", nameof(region));
        }

        return text[..written];
    }

    /// <summary>UTF-16 of a text, or null when the text is not UTF-8 or not of that length.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="length">Length of the result in bytes.</param>
    /// <param name="bigEndian">Order of the bytes in a unit.</param>
    public static byte[]? FromUtf8(ReadOnlySpan<byte> text, int length, bool bigEndian)
    {
        // A unit takes one to three bytes of UTF-8: no allocation for a length the text cannot have.
        var units = length / UnitSize;
        if (length % UnitSize != 0 || units > text.Length)
        {
            return null;
        }

        var result = new char[units];
        var status = Utf8.ToUtf16(text, result, out _, out var written, replaceInvalidSequences: false);
        if (status != OperationStatus.Done || written != units)
        {
            return null;
        }

        var bytes = MemoryMarshal.AsBytes(result.AsSpan()).ToArray();
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            SwapBytes(bytes);
        }

        return bytes;
    }

    private static WideText Count(ReadOnlySpan<byte> region, bool bigEndian)
    {
        var text = default(WideText);
        for (; region.Length >= UnitSize; region = region[UnitSize..])
        {
            text.Add(Unit(region, bigEndian));
        }

        return text;
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> region, bool bigEndian)
    {
        var expectLow = false;
        for (; region.Length >= UnitSize; region = region[UnitSize..])
        {
            var unit = Unit(region, bigEndian);
            if (char.IsLowSurrogate(unit) != expectLow)
            {
                return false;
            }

            expectLow = char.IsHighSurrogate(unit);
        }

        return !expectLow;
    }

    private static char Unit(ReadOnlySpan<byte> bytes, bool bigEndian) => (char)(bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    private static char[] Units(ReadOnlySpan<byte> region, bool bigEndian)
    {
        var units = new char[region.Length / UnitSize];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = Unit(region[(UnitSize * i)..], bigEndian);
        }

        return units;
    }

    private static void SwapBytes(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i += UnitSize)
        {
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        }
    }
}
