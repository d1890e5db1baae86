namespace NacrithOnnx.Runtime.Segment;

/// <summary>Estimates the cost of a window in each coder, in units of 1/8 bit.</summary>
/// <remarks>
/// Rough by design: running the coders would take far longer. The constants are fitted to the actual results of both
/// coders on up to 20,000 bytes of 32 files: sources, markup, logs, tables, hexadecimal, base64, and manuals in seven
/// languages. Most estimates are within a third of the result, and 31 of the 32 choices are correct, the other a close
/// call. What matters most is how much of a window has occurred before: the language model and the adaptive predictor
/// code that in almost nothing.
/// </remarks>
internal static class CostModel
{
    /// <summary>Fixed-point unit: one bit.</summary>
    public const int Bit = 8;

    /// <summary>A byte stored unchanged.</summary>
    public const int StoredByte = 8 * Bit;

    /// <summary>
    /// The language model takes as long for a token as the byte coder for a thousand bytes, so a token must save half a
    /// bit to be worth it. Prose saves 4 bits per token, JSON, markup and tables of words 1 to 3, logs 0.2 to 0.5,
    /// random digits none.
    /// </summary>
    private const int TokenTime = Bit / 2;

    /// <summary>
    /// Cost of a token by its content: in new text and in text seen before, and separately for words on the border
    /// between the two.
    /// </summary>
    private const int NewWord = 7 * Bit;
    private const int BorderWord = 7;
    private const int SeenWord = 1;
    private const int NewDigit = 18;
    private const int SeenDigit = 2;
    private const int NewPiece = 14 * Bit;
    private const int SeenPiece = 2 * Bit;

    /// <summary>Coded through the escape token, which also makes the words around it more expensive.</summary>
    private const int ForeignByte = 16 * Bit;

    /// <summary>A transform turns an accented letter into UTF-8, as part of a word.</summary>
    private const int Accent = 5 * Bit;

    /// <summary>A UTF-16 code unit is a character: prose takes 1.2 bits for each.</summary>
    private const int Utf16Text = 12 * Bit / 10;

    /// <summary>
    /// A byte predicted by the last six costs a sixteenth of a bit. A byte predicted by the last two costs three
    /// quarters of a bit among new bytes, where words repeat, and eight bits among bytes predicted by six, where it is
    /// the surprise.
    /// </summary>
    private const int SeenBytesPerUnit = 2;
    private const int NewShortHit = 6;
    private const int SeenShortHit = 62;

    /// <summary>Shorter windows are too small to tell whether byte counts are flat.</summary>
    private const int MinFlatLength = 256;

    /// <summary>Cost with the byte coder.</summary>
    public static int Bytes(in WindowStatistics window)
    {
        if (IsRandom(window))
        {
            return window.Length * (StoredByte + 1);
        }

        // An unpredicted byte costs its entropy by count, and less the more of its neighbours were predicted.
        long seen = window.LongHits;
        var unseen = window.Length - seen;
        var missed = (unseen - window.ShortHits) * window.Entropy8 / window.Length;
        var cost = (seen / SeenBytesPerUnit)
            + (((window.ShortHits * ((NewShortHit * unseen) + (SeenShortHit * seen))) + (missed * unseen)) / window.Length);
        return (int)Math.Min(cost, window.Length * (StoredByte - 1L));
    }

    /// <summary>Cost with the language model, the window read as ASCII, UTF-8 or a legacy encoding.</summary>
    public static int Text(in WindowStatistics window)
    {
        long length = window.Length;
        long seen = window.LongHits;
        var unseen = length - seen;
        var words = window.Words * ((NewWord * unseen * unseen) + (BorderWord * unseen * seen) + (SeenWord * seen * seen));
        var digits = window.Digits * ((NewDigit * unseen) + (SeenDigit * seen));
        var pieces = window.Pieces * ((NewPiece * unseen) + (SeenPiece * seen));
        var tokens = window.Words + window.Digits + window.Pieces;
        var foreign = window.Foreign - window.Accents;
        return (int)((words / (length * length))
            + ((digits + pieces) / length)
            + (tokens * TokenTime)
            + (foreign * (ForeignByte + TokenTime))
            + (window.Accents * Accent));
    }

    /// <summary>Cost with the language model, the window read as UTF-16.</summary>
    public static int Utf16(in WindowStatistics window)
    {
        var units = window.Length / 2;
        var text = Math.Max(window.Utf16Little, window.Utf16Big);
        return (text * Utf16Text) + ((units - text) * 2 * ForeignByte);
    }

    /// <summary>All values equally frequent and nothing predicted: compressed, encrypted or random.</summary>
    /// <remarks>
    /// For n random bytes the sum of squares has mean n + n²/256 and standard deviation n/11; n/2 above is 5.7
    /// deviations.
    /// </remarks>
    private static bool IsRandom(in WindowStatistics window)
    {
        long n = window.Length;
        return n >= MinFlatLength
            && window.SquareSum <= n + (n * n / 256) + (n / 2)
            && window.LongHits + window.ShortHits <= n / 32;
    }
}
