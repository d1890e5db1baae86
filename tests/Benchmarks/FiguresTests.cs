using System.Text.RegularExpressions;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Benchmarks;

/// <summary>Sizes in README.md are those that benchmarks/Compare measured and wrote into benchmarks/README.md.</summary>
public sealed partial class FiguresTests
{
    [Fact]
    public void The_table_of_sizes_is_the_measured_one()
    {
        var measured = Measured();
        var table = Rows(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .SkipWhile(row => !row[1].StartsWith("alice29", StringComparison.Ordinal))
            .TakeWhile(row => row[0] != "Context").ToList();
        var texts = table[0][1..].Select(title => title.Split(',')[0]).ToList();

        Assert.Equal("**nacrith -6**", table[^1][0]);
        foreach (var row in table[1..])
        {
            for (var text = 0; text < texts.Count; text++)
            {
                Assert.Equal(measured[(texts[text], Name(row[0]))], row[text + 1].Trim('*'));
            }
        }
    }

    /// <summary>Bytes by the beginning of a text's name and by program; "size" is the text itself.</summary>
    private static Dictionary<(string Text, string Program), string> Measured()
    {
        var figures = new Dictionary<(string, string), string>();
        var sections = Heading().Split(File.ReadAllText(Path.Combine(Repository.Root, "benchmarks", "README.md")));
        for (var i = 1; i + 2 < sections.Length; i += 3)
        {
            var text = sections[i].StartsWith("enwik8", StringComparison.Ordinal) ? "enwik8" : sections[i];
            figures[(text, "size")] = sections[i + 1];
            foreach (var row in Rows(sections[i + 2]).Where(row => row.Length == 9))
            {
                figures[(text, Name(row[0]))] = row[1];
            }
        }

        return figures;
    }

    private static string Name(string program) => program.Trim('*').Replace(" (.NET)", string.Empty, StringComparison.Ordinal);

    private static IEnumerable<string[]> Rows(string document) =>
        document.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("| -", StringComparison.Ordinal))
            .Select(line => line.Trim()[1..^1].Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"^### (\S+), ([\d,]+) bytes$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
