using System.Text;

namespace NacrithOnnx.Cli.Progress;

/// <summary>Text measured in columns of a terminal.</summary>
internal static class TerminalText
{
    /// <summary>First wide script, Hangul Jamo. All above count as two columns, some of them wrongly.</summary>
    private const int FirstWide = 0x1100;

    /// <summary>Upper bound of the columns a text takes.</summary>
    public static int Columns(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Columns(rune);
        }

        return columns;
    }

    /// <summary>The beginning of a text that fits.</summary>
    public static string Cut(string text, int columns)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns -= Columns(rune);
            if (columns < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private static int Columns(Rune rune) => rune.Value >= FirstWide ? 2 : 1;
}
