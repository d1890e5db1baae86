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

        Compresses files with a language model, losslessly; any bytes are accepted. FILE
        becomes FILE.ncx and is kept. Without FILE, or if FILE is -, standard input is
        written to standard output.

        """;

    private const string Tail =
        """

        Environment:
          NACRITH_LEVEL           default for -1 ... -9
          NACRITH_THREADS         default for -T
          NACRITH_WORKERS         default for -w
          NACRITH_DEVICE          default for --device
          NACRITH_MODEL           default for --model

        Exit status:
          0  success
          1  usage error, or a file, disk or model problem
          2  the input is damaged, not an archive, needs another model or dictionary,
             or exceeds a limit (-M, --max-output)
          3  a bug in nacrith

        Examples:
          nacrith book.txt                    write book.txt.ncx
          nacrith -d book.txt.ncx             write book.txt
          tar c notes | nacrith > n.tar.ncx   compress a folder
          nacrith -dc logs.ncx | grep error   search an archive
          nacrith --message -a < note         a note as a line of text for chat
          nacrith --try -D samples.txt new    what a dictionary wins on the folder new
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
