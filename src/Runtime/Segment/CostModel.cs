namespace NacrithOnnx.Runtime.Segment;

/// <summary>Estimates, in 1/8 bit, what a window would cost in each coder.</summary>
/// <remarks>
/// Rough by design: running the coders would take far longer. The constants are fitted to what both coders really made of
/// up to 20,000 bytes of 32 files: sources, markup, logs, tables, hexadecimal, base64, and manuals in seven languages. Most
/// estimates lie within a third of that, and 31 of the 32 choices were right, the other a close call. What matters most
/// is how much of a window was seen before: the language model and the predictors beside it say that in next to nothing.
/// </remarks>
internal static class CostModel
{
    /// <summary>Fixed-point unit: one bit.</summary>
    public const int Bit = 8;

    /// <summary>A byte kept as it is.</summary>
    public const int StoredByte = 8 * Bit;

    /// <summary>
    /// A token takes the language model as long as the byte coder needs for a thousand bytes: it must save half a bit to be
    /// worth that. Prose saves 4 bits a token, JSON, markup and tables of words 1 to 3, logs 0.2 to 0.5, random digits none.
    /// </summary>
    private const int TokenTime = Bit / 2;

    /// <summary>
    /// Costs of a token by what it is made of: in new text and in text that was seen before; words on the border of both
    /// have a cost of their own.
    /// </summary>
    private const int NewWord = 7 * Bit;
    private const int BorderWord = 7;
    private const int SeenWord = 1;
    private const int NewDigit = 18;
    private const int SeenDigit = 2;
    private const int NewPiece = 14 * Bit;
    private const int SeenPiece = 2 * Bit;

    /// <summary>Through the escape token, and the words around it get dearer.</summary>
    private const int ForeignByte = 16 * Bit;

    /// <summary>An accent becomes UTF-8 by a transform and is part of a word.</summary>
    private const int Accent = 5 * Bit;

    /// <summary>A unit of UTF-16 is a character: prose has 1.2 bits in each.</summary>
    private const int Utf16Text = 12 * Bit / 10;

    /// <summary>
    /// A byte foretold by the last six costs a sixteenth of a bit. One foretold by the last two costs three quarters of a bit
    /// among new bytes, where words repeat, and eight among bytes foretold by six, where it is the surprise.
    /// </summary>
    private const int SeenBytesPerUnit = 2;
    private const int NewShortHit = 6;
    private const int SeenShortHit = 62;

    /// <summary>Windows shorter than this say nothing about flatness.</summary>
    private const int MinFlatLength = 256;

    /// <summary>Cost with the byte coder.</summary>
    public static int Bytes(in WindowStatistics window)
    {
        if (IsRandom(window))
        {
            return window.Length * (StoredByte + 1);
        }

        // A byte nothing foretold costs its entropy by count, and less the more around it was foretold.
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
