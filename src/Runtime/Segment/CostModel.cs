namespace NacrithOnnx.Runtime.Segment;

/// <summary>Estimates, in 1/8 bit, what a window would cost in each coder.</summary>
/// <remarks>
/// Rough by design: running the coders would take far longer. Against its real output the estimate for the byte coder
/// is 10 to 30 % high on executables and prose, and 1.7 to 2.5 times too high on JSON and tables, whose columns it does
/// not see; they go to it all the same. The language model's constants assume 5 bits for a word, 3.4 for a digit.
/// </remarks>
internal static class CostModel
{
    /// <summary>Fixed-point unit: one bit.</summary>
    public const int Bit = 8;

    /// <summary>A byte kept as it is.</summary>
    public const int StoredByte = 8 * Bit;

    /// <summary>A token of the language model takes about a millisecond, which is what the byte coder needs for 500
    /// bytes: it must save two bits to be worth that.</summary>
    private const int TokenTime = 2 * Bit;

    private const int Word = 5 * Bit;
    private const int Digit = 27;
    private const int Piece = 12 * Bit;

    /// <summary>Through the escape token, and the words around it get dearer.</summary>
    private const int ForeignByte = 16 * Bit;

    /// <summary>An accent becomes UTF-8 by a transform and is part of a word.</summary>
    private const int Accent = Word;

    /// <summary>A unit of UTF-16 is a character: prose has 1.2 bits in each, and a fifth of a token.</summary>
    private const int Utf16Text = (12 * Bit / 10) + (TokenTime / 5);

    private const int LongHit = 2;
    private const int ShortHit = 14;

    /// <summary>A byte nothing foretold costs this share, in eighths, of its entropy by count.</summary>
    private const int MissEighths = 8;

    /// <summary>Windows shorter than this say nothing about flatness.</summary>
    private const int MinFlatLength = 256;

    /// <summary>Cost with the byte coder.</summary>
    public static int Bytes(in WindowStatistics window)
    {
        if (IsRandom(window))
        {
            return window.Length * (StoredByte + 1);
        }

        int misses = window.Length - window.LongHits - window.ShortHits;
        long missed = (long)misses * window.Entropy8 * MissEighths / (8 * window.Length);
        long cost = (window.LongHits * LongHit) + (window.ShortHits * ShortHit) + missed;
        return (int)Math.Min(cost, window.Length * (StoredByte - 1L));
    }

    /// <summary>Cost with the language model, the window read as ASCII, UTF-8 or a legacy encoding.</summary>
    public static int Text(in WindowStatistics window)
    {
        // What has been seen before is cheap to say, by attention and by the predictors beside the model; not quicker.
        int novel = window.Length - (window.LongHits * 3 / 4);
        long bits = (window.Words * Word) + (window.Digits * Digit) + (window.Pieces * Piece);
        int tokens = window.Words + window.Digits + window.Pieces;
        int foreign = window.Foreign - window.Accents;
        return (int)((bits * novel / window.Length)
            + (tokens * TokenTime)
            + (foreign * (ForeignByte + TokenTime))
            + (window.Accents * Accent));
    }

    /// <summary>Cost with the language model, the window read as UTF-16.</summary>
    public static int Utf16(in WindowStatistics window)
    {
        int units = window.Length / 2;
        int text = Math.Max(window.Utf16Little, window.Utf16Big);
        return (text * Utf16Text) + ((units - text) * 2 * ForeignByte);
    }

    /// <summary>All values equally frequent and nothing foretold: compressed, encrypted or random.</summary>
    /// <remarks>For n random bytes the sum of squares has mean n + n²/256 and deviation n/11; n/2 above is 5.7 deviations.</remarks>
    private static bool IsRandom(in WindowStatistics window)
    {
        long n = window.Length;
        return n >= MinFlatLength
            && window.SquareSum <= n + (n * n / 256) + (n / 2)
            && window.LongHits + window.ShortHits <= n / 32;
    }
}
