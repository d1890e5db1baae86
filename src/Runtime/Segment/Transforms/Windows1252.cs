using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Recognises text of Latin letters with a few bytes of an old encoding, taken for Windows-1252.</summary>
internal static class Windows1252
{
    private const int FirstSpecial = 0x80;

    /// <summary>Legacy text is decided by majority: one well-formed UTF-8 sequence for this many other bytes may be an accident.</summary>
    private const int AccidentsPer = 8;

    /// <summary>At most one byte in this many may be outside ASCII: prose with accents has one in ten to twenty-five.</summary>
    private const int BytesPerSpecial = 6;

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
}
