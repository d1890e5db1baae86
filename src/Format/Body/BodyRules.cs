namespace NacrithOnnx.Format;

/// <summary>Numbers of the frame body. docs/format.md gives the reason of each; both must agree.</summary>
public static class BodyRules
{
    /// <summary>Largest profile that has a number; the next is reserved, and bits 3 to 0 of a tag hold no more.</summary>
    public const int MaxProfile = 14;

    /// <summary>Fewest tokens of which a body says whether the lanes are primed; no lane rule primes fewer.</summary>
    public const int MinPrimableTokens = 2048;

    /// <summary>Fewest regions of a list; one region has a kind of its own.</summary>
    public const int MinRegions = 2;

    /// <summary>
    /// Most bytes of transformed text per byte of original: one byte of Windows-1252 becomes three of UTF-8 at most.
    /// </summary>
    public const int MaxTransformGrowth = 3;

    /// <summary>Bytes within which the fields of every valid body end: 4096 regions of at most 12 bytes, and 20 more.</summary>
    public const int MaxHeadLength = 1 << 16;

    /// <summary>Most tokens of so much text: no small input can ask for endless work.</summary>
    public static long MaxTokens(int textLength) =>
        ((long)textLength * FormatConstants.MaxTokensPerTextByte) + FormatConstants.TokenAllowance;
}
