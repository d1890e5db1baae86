using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>UTF-32 to UTF-8 and back, without loss or not at all.</summary>
internal static class Utf32
{
    private const int UnitSize = sizeof(uint);

    /// <summary>Whether a region is well-formed UTF-32 text.</summary>
    public static bool Looks(ReadOnlySpan<byte> region, bool bigEndian)
    {
        if (region.Length < UnitSize || region.Length % UnitSize != 0)
        {
            return false;
        }

        var text = default(WideText);
        for (; !region.IsEmpty; region = region[UnitSize..])
        {
            var unit = Unit(region, bigEndian);
            if (!Rune.IsValid(unit))
            {
                return false;
            }

            text.Add(unit);
        }

        return text.IsText;
    }

    /// <summary>UTF-8 of a region for which <see cref="Looks"/> holds; a mark stays.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> region, bool bigEndian)
    {
        // No character takes more than four bytes in either.
        var text = new byte[region.Length];
        var to = 0;
        for (; region.Length >= UnitSize; region = region[UnitSize..])
        {
            var unit = Unit(region, bigEndian);
            if (!Rune.TryCreate(unit, out var rune))
            {
                throw new ArgumentException("Not well-formed UTF-32.", nameof(region));
            }

            to += rune.EncodeToUtf8(text.AsSpan(to));
        }

        return region.IsEmpty ? text[..to] : throw new ArgumentException("Not well-formed UTF-32.", nameof(region));
    }

    /// <summary>UTF-32 of a text, or null when the text is not UTF-8 or not of that length.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="length">Length of the result in bytes.</param>
    /// <param name="bigEndian">Order of the bytes in a unit.</param>
    public static byte[]? FromUtf8(ReadOnlySpan<byte> text, int length, bool bigEndian)
    {
        if (length % UnitSize != 0 || length / UnitSize > text.Length)
        {
            return null;
        }

        var result = new byte[length];
        var left = result.AsSpan();
        while (!text.IsEmpty)
        {
            if (left.IsEmpty || Rune.DecodeFromUtf8(text, out var rune, out var used) != OperationStatus.Done)
            {
                return null;
            }

            if (bigEndian)
            {
                BinaryPrimitives.WriteInt32BigEndian(left, rune.Value);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(left, rune.Value);
            }

            left = left[UnitSize..];
            text = text[used..];
        }

        return left.IsEmpty ? result : null;
    }

    private static uint Unit(ReadOnlySpan<byte> bytes, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
