namespace NacrithOnnx.Runtime.Segment;

/// <summary>Counts over one window of a block, from which <see cref="CostModel"/> estimates costs.</summary>
internal struct WindowStatistics
{
    /// <summary>Bytes in the window.</summary>
    public int Length;

    /// <summary>Estimated tokens of the language model: words, signs, characters outside ASCII.</summary>
    public int Words;

    /// <summary>Digits, each a token.</summary>
    public int Digits;

    /// <summary>Tokens of strings that are not words, hard to guess: base64, keys, hexadecimal.</summary>
    public int Pieces;

    /// <summary>
    /// Control bytes and bytes that are neither ASCII nor UTF-8, except those that repeat the previous byte.
    /// </summary>
    public int Foreign;

    /// <summary>Foreign bytes that stand alone between ASCII letters: accents of a legacy encoding.</summary>
    public int Accents;

    /// <summary>Bytes predicted by the last occurrence of the preceding six bytes.</summary>
    public int LongHits;

    /// <summary>Other bytes predicted by the last occurrence of the preceding two bytes.</summary>
    public int ShortHits;

    /// <summary>UTF-16 code units that are ASCII characters, little endian.</summary>
    public int Utf16Little;

    /// <summary>The same, big endian.</summary>
    public int Utf16Big;

    /// <summary>Sum of the squares of the byte counts: small when all values are equally frequent.</summary>
    public int SquareSum;

    /// <summary>Entropy of the bytes by their counts in this window, in 1/8 bit for the whole window.</summary>
    public int Entropy8;

    /// <summary>Counts the byte values of a window.</summary>
    /// <param name="bytes">The window.</param>
    public void CountValues(ReadOnlySpan<byte> bytes)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var value in bytes)
        {
            counts[value]++;
        }

        var log = Log2Of8(bytes.Length);
        foreach (var count in counts)
        {
            SquareSum += count * count;
            Entropy8 += count == 0 ? 0 : count * (log - Log2Of8(count));
        }
    }

    /// <summary>8 · log2(x), rounded down, in integers: the position of the top bit of x^8.</summary>
    private static int Log2Of8(int x)
    {
        var square = (UInt128)(uint)x * (uint)x;
        var fourth = square * square;
        return (int)UInt128.Log2(fourth * fourth);
    }
}
