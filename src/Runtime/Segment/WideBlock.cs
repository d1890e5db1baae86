using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Divides a block that is UTF-16 or UTF-32 as a whole, but for a byte too many inside it or at its end.</summary>
/// <remarks>One stray byte, of a cut or joined file, puts every unit after it out of step.</remarks>
internal static class WideBlock
{
    /// <summary>Text on both sides of a stray byte that is looked at first: the whole is tested only when this fits.</summary>
    private const int Near = 64;

    private const int UnitSize = sizeof(char);

    /// <summary>The regions of a block, or null when it is no such text.</summary>
    public static IReadOnlyList<Stretch>? TrySplit(ReadOnlySpan<byte> block)
    {
        var even = block[..(block.Length & ~1)];
        if (TextTransform.IsWideText(even))
        {
            return even.Length == block.Length
                ? [new Stretch(RegionKind.Text, 0, block.Length)]
                : [new Stretch(RegionKind.Text, 0, even.Length), new Stretch(RegionKind.Bytes, even.Length, 1)];
        }

        var stray = FindStray(block, bigEndian: false);
        stray = stray > 0 ? stray : FindStray(block, bigEndian: true);
        if (stray <= 0)
        {
            return null;
        }

        var rest = (block.Length - stray - 1) & ~1;
        List<Stretch> regions =
        [
            new(RegionKind.Text, 0, stray), new(RegionKind.Bytes, stray, 1), new(RegionKind.Text, stray + 1, rest),
        ];
        if (stray + 1 + rest < block.Length)
        {
            regions.Add(new Stretch(RegionKind.Bytes, block.Length - 1, 1));
        }

        return regions;
    }

    /// <summary>Where the one byte is that does not belong to UTF-16, or 0.</summary>
    private static int FindStray(ReadOnlySpan<byte> block, bool bigEndian)
    {
        if (block.Length < 2 * Near || !Utf16.Looks(block[..Near], bigEndian))
        {
            return 0;
        }

        // The text before goes on for as long as it makes sense, and so does the text after.
        var end = Near;
        while (end + Near <= block.Length && Utf16.IsPlausible(block.Slice(end, Near), bigEndian))
        {
            end += Near;
        }

        for (var at = Math.Max(end - Near, Near); at <= end + Near && at + 1 + Near <= block.Length; at += UnitSize)
        {
            var rest = block[(at + 1)..];
            rest = rest[..(rest.Length & ~1)];
            if (Utf16.IsAllDaily(rest[..Near], bigEndian) && Utf16.IsAllDaily(block[(at - Near)..at], bigEndian)
                && Utf16.Looks(block[..at], bigEndian) && Utf16.Looks(rest, bigEndian))
            {
                return at;
            }
        }

        return 0;
    }
}
