namespace NacrithOnnx.Runtime.Code;

/// <summary>Constants that encoder and decoder share.</summary>
internal static class RangeCoding
{
    /// <summary>
    /// Largest total of frequencies that may be coded. The range never falls below <see cref="MinimumRange"/> = 2^56,
    /// so range / total keeps at least 8 bits, and 24 bits for the totals near 2^32 of a language model. Rounding that
    /// quotient down costs at most total / range nats.
    /// </summary>
    public const ulong MaximumTotal = 1UL << 48;

    /// <summary>Below this a byte is output: the top byte of low is then final except for a carry.</summary>
    internal const ulong MinimumRange = 1UL << 56;

    internal const int TopByteShift = 56;
}
