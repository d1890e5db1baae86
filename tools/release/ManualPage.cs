using System.Text;
using NacrithOnnx.Cli.Arguments;

namespace NacrithOnnx.Release;

/// <summary>The man pages, in the man macros that every troff and mandoc knows.</summary>
internal static class ManualPage
{
    /// <summary>The pages.</summary>
    /// <param name="date">Their date, which a page must have: year, month and day.</param>
    public static IEnumerable<(string Name, string Text)> All(string date) =>
    [
        ("nacrith.1", Nacrith(date)),
        ("ncxcat.1", ".so man1/nacrith.1\n"),
    ];

    private static string Nacrith(string date)
    {
        var help = new HelpSections();
        var page = new StringBuilder();
        page.Append(".TH NACRITH 1 \"").Append(date).Append("\" \"nacrith\" \"User Commands\"\n");
        page.Append(".SH NAME\nnacrith, ncxcat \\- compress text with a language model\n");
        page.Append(".SH SYNOPSIS\n.B nacrith\n[\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n.br\n");
        page.Append(".B ncxcat\n[\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n");
        page.Append(".SH DESCRIPTION\n").Append(Escape(help.Description));
        page.Append(".PP\n.B ncxcat\nis the same program under another name and stands for\n.BR \"nacrith \\-dc\" .\n");
        page.Append(".SH OPTIONS\n");
        foreach (var group in Enum.GetValues<FlagGroup>())
        {
            page.Append(".SS ").Append(group).Append('\n');
            foreach (var flag in FlagTable.All.Where(flag => flag.Group == group))
            {
                page.Append(".TP\n").Append(Label(flag)).Append('\n');
                page.Append(Sentence(flag.Help)).Append('\n');
            }
        }

        Entries(page, "ENVIRONMENT", help["Environment"]);
        Entries(page, "EXIT STATUS", help["Exit status"]);
        page.Append(".SH EXAMPLES\n");
        foreach (var (label, text) in help["Examples"])
        {
            page.Append(".TP\n.B ").Append(Escape(label)).Append('\n').Append(Sentence(text)).Append('\n');
        }

        page.Append(".TP\n.B tar \\-\\-use\\-compress\\-program nacrith \\-cf docs.tar.ncx docs\n");
        page.Append("Pack a folder; the same with \\-xf unpacks it.\n");
        page.Append(".SH SEE ALSO\n.BR gzip (1),\n.BR xz (1),\n.BR zstd (1)\n");
        return page.ToString();
    }

    private static void Entries(StringBuilder page, string heading, IEnumerable<(string Label, string Text)> entries)
    {
        page.Append(".SH ").Append(heading).Append('\n');
        foreach (var (label, text) in entries)
        {
            page.Append(".TP\n.B ").Append(Escape(label)).Append('\n').Append(Sentence(text)).Append('\n');
        }
    }

    /// <summary>Spellings in bold, the value in italics.</summary>
    private static string Label(Flag flag)
    {
        var value = FlagValue.Of(flag);
        var names = flag.Label[..^value.Length].TrimEnd();
        var text = string.Join(", ", names.Split(", ").Select(name => $"\\fB{Escape(name)}\\fR"));
        return value.Length > 0 ? $"{text} \\fI{Escape(value)}\\fR" : text;
    }

    private static string Sentence(string text)
    {
        text = Escape(text);
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    /// <summary>A minus is not a hyphen, and a line may begin with neither a dot nor an apostrophe.</summary>
    private static string Escape(string text) =>
        text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("\n.", "\n\\&.", StringComparison.Ordinal).Replace("\n'", "\n\\&'", StringComparison.Ordinal);
}
