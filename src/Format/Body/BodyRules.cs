namespace NacrithOnnx.Format;

/// <summary>Numbers of the frame body. docs/format.md gives the reason of each; both must agree.</summary>
public static class BodyRules
{
    /// <summary>Largest profile number that fits a tag; 15 is reserved.</summary>
    public const int MaxProfile = 14;

    /// <summary>Fewest tokens of which a body says whether the lanes are primed; no lane rule primes fewer.</summary>
    public const int MinPrimableTokens = 2048;

    /// <summary>Fewest regions of a list; one region has a kind of its own.</summary>
    public const int MinRegions = 2;

    /// <summary>
    /// Most bytes of transformed text per byte of original: one byte of Windows-1252 becomes three of UTF-8 at most.
    /// </summary>
    public const int MaxTransformGrowth = 3;

    /// <summary>
    /// Bound on tag and fields of any body: 4096 regions of at most 14 bytes, where lengths take 31 bits, and 32 more.
    /// </summary>
    public const int MaxHeadLength = 1 << 16;

    /// <summary>Bound on tag and fields of a body that does not list regions: at most three numbers and a byte.</summary>
    public const int MaxPlainHeadLength = 32;

    /// <summary>Most tokens for a length of text, so that no small input can ask for endless work.</summary>
    public static long MaxTokens(int textLength) => (long)textLength * FormatConstants.MaxTokensPerTextByte;
}
