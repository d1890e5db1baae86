namespace NacrithOnnx.Runtime.Mix;

/// <summary>The most likely tokens of a prediction, for reports.</summary>
internal static class LikelyTokens
{
    /// <summary>Finds them. A block of tokens whose sum is too small is skipped, so few of them are read.</summary>
    /// <param name="cdf">The prediction.</param>
    /// <param name="tokens">Receives the tokens, the likeliest first, of equal ones the lowest; no more than there are.</param>
    public static void Find(Cdf cdf, Span<int> tokens)
    {
        var frequencies = cdf.Frequencies;
        var sums = cdf.WritableBlocks;
        var count = 0;
        for (var block = 0; block < sums.Length; block++)
        {
            if (count == tokens.Length && sums[block] <= frequencies[tokens[^1]])
            {
                continue;
            }

            var end = Math.Min((block + 1) * Cdf.BlockLength, cdf.Size);
            for (var token = block * Cdf.BlockLength; token < end; token++)
            {
                if (count < tokens.Length || frequencies[token] > frequencies[tokens[^1]])
                {
                    count = Insert(frequencies, tokens, count, token);
                }
            }
        }
    }

    private static int Insert(ReadOnlySpan<uint> frequencies, Span<int> tokens, int count, int token)
    {
        var place = Math.Min(count, tokens.Length - 1);
        while (place > 0 && frequencies[token] > frequencies[tokens[place - 1]])
        {
            tokens[place] = tokens[place - 1];
            place--;
        }

        tokens[place] = token;
        return Math.Min(count + 1, tokens.Length);
    }
}
