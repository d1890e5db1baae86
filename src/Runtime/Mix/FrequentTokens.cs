using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>The tokens of a prediction whose frequency reaches a limit: 100 to 200 of 49,152 at a share of 2^-13.</summary>
internal static class FrequentTokens
{
    /// <summary>Finds them. A block of tokens whose sum is too small is skipped.</summary>
    /// <param name="cdf">The prediction.</param>
    /// <param name="least">Least frequency, at least 1.</param>
    /// <param name="tokens">Receives the tokens in ascending order, as many as fit.</param>
    /// <returns>Number of tokens received.</returns>
    public static int Find(Cdf cdf, ulong least, Span<int> tokens)
    {
        var count = 0;
        if (least > Cdf.MaximumFrequency)
        {
            return count;
        }

        var sums = cdf.WritableBlocks;
        for (var block = 0; block < sums.Length; block++)
        {
            if (sums[block] >= least)
            {
                var start = block * Cdf.BlockLength;
                var length = Math.Min(Cdf.BlockLength, cdf.Size - start);
                count += FindInBlock(cdf.Frequencies.Slice(start, length), (uint)least, start, tokens[count..]);
            }
        }

        return count;
    }

    private static int FindInBlock(ReadOnlySpan<uint> frequencies, uint least, int start, Span<int> tokens)
    {
        ref var first = ref MemoryMarshal.GetReference(frequencies);
        var limit = Vector256.Create(least);
        var count = 0;
        var i = 0;
        for (; i <= frequencies.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            var reaching = Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref first, (nuint)i), limit).ExtractMostSignificantBits();
            for (; reaching != 0 && count < tokens.Length; reaching &= reaching - 1)
            {
                tokens[count++] = start + i + BitOperations.TrailingZeroCount(reaching);
            }
        }

        for (; i < frequencies.Length && count < tokens.Length; i++)
        {
            if (frequencies[i] >= least)
            {
                tokens[count++] = start + i;
            }
        }

        return count;
    }
}
