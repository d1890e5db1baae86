using System.Text.Unicode;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>Recognises text in an old encoding of one byte a character, by whether its letters make sense.</summary>
internal static class LegacyText
{
    /// <summary>Enough to tell, and little work.</summary>
    private const int LookedAt = 1 << 14;

    /// <summary>Fewer bytes outside ASCII than this say nothing.</summary>
    private const int MinJudged = 8;

    /// <summary>At least one byte in this many is outside ASCII, or the choice hardly matters.</summary>
    private const int BytesPerSpecial = 64;

    /// <summary>Blank forms aside, one byte in this many is a letter.</summary>
    private const int LettersPart = 16;

    /// <summary>More control characters than one in this many bytes, and it is no text.</summary>
    private const int BytesPerControl = 256;

    /// <summary>The page that a region is written in, or null if there is none that is likely.</summary>
    /// <param name="region">Any bytes.</param>
    public static CodePage? Find(ReadOnlySpan<byte> region)
    {
        var looked = region[..Math.Min(region.Length, LookedAt)];
        var isEbcdic = IsEbcdic(looked);
        if (Utf8.IsValid(region) || (!isEbcdic && HasControls(region)))
        {
            return null;
        }

        CodePage? best = null;
        var bestScore = 0;
        foreach (var page in CodePages.All)
        {
            var score = page.Score(looked, out var judged);
            var likely = isEbcdic
                ? !page.IsAsciiBelow
                : page.IsAsciiBelow && score > judged && judged >= MinJudged && judged >= looked.Length / BytesPerSpecial;
            if (likely && score > bestScore)
            {
                best = page;
                bestScore = score;
            }
        }

        return best;
    }

    private static bool HasControls(ReadOnlySpan<byte> region)
    {
        var controls = 0;
        foreach (var value in region)
        {
            controls += TextScanner.IsControl(value) ? 1 : 0;
        }

        return controls > region.Length / BytesPerControl;
    }

    /// <summary>Four fifths are EBCDIC's letters, digits and blanks, which have bytes where ASCII has none.</summary>
    private static bool IsEbcdic(ReadOnlySpan<byte> region)
    {
        var plain = 0;
        var letters = 0;
        foreach (var value in region)
        {
            var isLetter = (value & 0xF) is >= 1 and <= 9 && (value >> 4) is 8 or 9 or 0xA or 0xC or 0xD or 0xE;
            letters += isLetter ? 1 : 0;
            plain += isLetter || value is 0x40 or >= 0xF0 and <= 0xF9 ? 1 : 0;
        }

        return region.Length >= MinJudged && plain * 5 >= region.Length * 4 && letters * LettersPart >= region.Length;
    }
}
