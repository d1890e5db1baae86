using System.Text;

namespace NacrithOnnx.Cli.Arguments;

/// <summary>The help text, made from the flag table.</summary>
internal static class HelpText
{
    /// <summary>Column of the explanations. Longer spellings get a line of their own.</summary>
    private const int HelpColumn = 26;

    private const string Head =
        """
        Usage: nacrith [OPTION]... [FILE]...

        Compresses text with a language model that predicts it; whatever the bytes are,
        they come back bit for bit. FILE becomes FILE.ncx and is kept. Without FILE, or
        where FILE is -, standard input goes to standard output.

        """;

    private const string Tail =
        """

        Environment:
          NACRITH_LEVEL           level where none of -1 ... -9 is given
          NACRITH_THREADS         threads where no -T is given
          NACRITH_MODEL           model folder where no --model is given

        Exit status:
          0  all is well
          1  wrong usage, or something outside the archive is missing or failed
          2  the input is damaged, no archive, or made with another model
          3  a bug in this program

        Examples:
          nacrith book.txt                    make book.txt.ncx
          nacrith -d book.txt.ncx             get book.txt back
          cat *.log | nacrith > logs.ncx      compress a pipe
          nacrith -dc logs.ncx | grep error   look into an archive
        """;

    /// <summary>The whole text, ending in a line end.</summary>
    public static string Render()
    {
        var text = new StringBuilder(Head);
        foreach (var group in Enum.GetValues<FlagGroup>())
        {
            text.Append('\n').Append(group).Append(":\n");
            foreach (var flag in FlagTable.All)
            {
                if (flag.Group == group)
                {
                    Append(text, flag);
                }
            }
        }

        return text.Append(Tail).Append('\n').ToString();
    }

    private static void Append(StringBuilder text, Flag flag)
    {
        string indent = new(' ', HelpColumn);
        var label = "  " + flag.Label;
        text.Append(label.Length + 2 <= HelpColumn ? label.PadRight(HelpColumn) : label + "\n" + indent);
        text.Append(flag.Help.Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append('\n');
    }
}
