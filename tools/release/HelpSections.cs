using System.Text.RegularExpressions;
using NacrithOnnx.Cli.Arguments;

namespace NacrithOnnx.Release;

/// <summary>The help text, taken apart: what is said there is said nowhere else.</summary>
internal sealed partial class HelpSections
{
    private readonly Dictionary<string, List<(string Label, string Text)>> _sections = new(StringComparer.Ordinal);

    public HelpSections()
    {
        List<(string Label, string Text)>? section = null;
        foreach (var line in HelpText.Render().Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                section = _sections[heading.Groups[1].Value] = [];
            }
            else if (section is not null && Entry().Match(line) is { Success: true } entry)
            {
                section.Add((entry.Groups[1].Value, entry.Groups[2].Value));
            }
            else if (section is null && line.Length > 0 && !line.StartsWith("Usage:", StringComparison.Ordinal))
            {
                Description += line + "\n";
            }
        }
    }

    /// <summary>What stands between the usage and the options.</summary>
    public string Description { get; } = string.Empty;

    /// <summary>The entries of a section, such as "Environment".</summary>
    public IReadOnlyList<(string Label, string Text)> this[string section] => _sections[section];

    [GeneratedRegex("^([A-Z][a-z ]+):$")]
    private static partial Regex Heading();

    /// <summary>Two spaces, a label, two spaces or more, a text.</summary>
    [GeneratedRegex("^  (\\S.*?)  +(\\S.*)$")]
    private static partial Regex Entry();
}
