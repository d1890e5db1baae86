namespace NacrithOnnx.Runtime.Segment;

/// <summary>Exchanges the line feeds of text wrapped at a fixed width with spaces.</summary>
/// <remarks>
/// Two words are separated by one space or one line feed. Where the next word would exceed the width, a line feed is
/// expected, elsewhere a space. At the former places the two are exchanged: a line feed that wrapping explains becomes
/// a space, and the model reads prose without breaks inside sentences. Like <see cref="LineEnds"/> this is a bijection,
/// so lines wrapped otherwise need no list of exceptions. In alice29.txt (width 65), 1,694 of 1,758 such line feeds
/// become spaces and 13 spaces become line feeds.
/// </remarks>
internal static class LineWrap
{
    /// <summary>Widest line; the header stores the width in a byte.</summary>
    public const int MaxWidth = 255;

    private const byte Space = (byte)' ';
    private const byte LineFeed = (byte)'\n';

    /// <summary>Narrower lines are tables and verse.</summary>
    private const int MinWidth = 24;

    /// <summary>
    /// A line feed inside a sentence costs the model about twice as many bits as one that it half expects.
    /// </summary>
    private const int MisfitCost = 2;

    /// <summary>Minimum number of line feeds removed for the exchange to be worth its header bytes.</summary>
    private const int MinGain = 16;

    /// <summary>The width that explains most line feeds, or 0 if the exchange is not worthwhile.</summary>
    public static int ChooseWidth(ReadOnlySpan<byte> text)
    {
        // Line feeds minus spaces before words that end in each column.
        Span<int> gains = stackalloc int[MaxWidth + 2];
        gains.Clear();
        var column = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBetweenWords(text, i))
            {
                var end = Math.Min(column + 1 + WordLength(text[(i + 1)..]), MaxWidth + 1);
                gains[end] += text[i] == LineFeed ? 1 : -MisfitCost;
            }

            column = Advance(column, text[i]);
        }

        int gain = 0, best = MinGain - 1, width = 0;
        for (var end = MaxWidth + 1; end > MinWidth; end--)
        {
            gain += gains[end];
            (best, width) = gain > best ? (gain, end - 1) : (best, width);
        }

        return width;
    }

    /// <summary>Exchanges line feeds for spaces.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="width">Characters of a full line.</param>
    public static byte[] Unwrap(ReadOnlySpan<byte> text, int width) => Exchange(text, width, wraps: false);

    /// <summary>Reverses <see cref="Unwrap"/>.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="width">The width given to <see cref="Unwrap"/>.</param>
    public static byte[] Wrap(ReadOnlySpan<byte> text, int width) => Exchange(text, width, wraps: true);

    private static byte[] Exchange(ReadOnlySpan<byte> text, int width, bool wraps)
    {
        var result = text.ToArray();
        var column = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBetweenWords(text, i) && column + 1 + WordLength(text[(i + 1)..]) > width)
            {
                result[i] = text[i] == Space ? LineFeed : Space;
            }

            // Both directions count columns in the wrapped text.
            column = Advance(column, wraps ? result[i] : text[i]);
        }

        return result;
    }

    private static bool IsBetweenWords(ReadOnlySpan<byte> text, int at) =>
        text[at] is Space or LineFeed && at > 0 && at + 1 < text.Length && IsWord(text[at - 1]) && IsWord(text[at + 1]);

    /// <summary>Whether a byte belongs to a word: all except blanks and control characters do.</summary>
    private static bool IsWord(byte value) => value > Space;

    /// <summary>Length in characters of the word at the start of a text.</summary>
    private static int WordLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length && IsWord(text[i]); i++)
        {
            length = Advance(length, text[i]);
        }

        return length;
    }

    /// <summary>The column after a byte: characters count, the continuation bytes of UTF-8 do not.</summary>
    private static int Advance(int column, byte value) =>
        value == LineFeed ? 0 : (value & 0xC0) == 0x80 ? column : column + 1;
}
