namespace NacrithOnnx.Runtime.Code;

/// <summary>What encoder and decoder must agree on.</summary>
internal static class RangeCoding
{
    /// <summary>
    /// Largest total of frequencies that may be coded. The range never falls below <see cref="MinimumRange"/> = 2^56,
    /// so its quotient by the total keeps 8 bits at the very worst and 24 for the totals near 2^32 of a language model:
    /// flooring that quotient costs at most total / range nats.
    /// </summary>
    public const ulong MaximumTotal = 1UL << 48;

    /// <summary>Below this a byte leaves: the top byte of low is then settled up to a carry.</summary>
    internal const ulong MinimumRange = 1UL << 56;

    /// <summary>Bytes of low that the end of the stream leaves out; the decoder reads zeros in their place.</summary>
    internal const int ImpliedBytes = 7;

    internal const int TopByteShift = 56;
}
