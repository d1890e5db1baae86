using System.Text;

namespace NacrithOnnx.Compare;

/// <summary>A short text, and samples of its kind as a dictionary.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Content">The text.</param>
/// <param name="Dictionary">The samples, a line end after each.</param>
internal sealed record ShortText(string Kind, byte[] Content, byte[] Dictionary)
{
    /// <summary>A line between two texts of a file, as in files of fortune(6).</summary>
    private const string Separator = "\n%\n";

    /// <summary>All texts of the repository.</summary>
    public static List<ShortText> All()
    {
        var files = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "benchmarks", "short-texts"), "*.txt");
        Array.Sort(files, StringComparer.Ordinal);
        return [.. files.Select(Read)];
    }

    /// <summary>The text of a kind.</summary>
    public static ShortText Of(string kind) => All().Single(text => text.Kind == kind);

    /// <summary>Reads a file: the samples, and the text at its end. Its name is a number and the kind.</summary>
    private static ShortText Read(string path)
    {
        var texts = File.ReadAllText(path).TrimEnd('\n').Split(Separator);
        var name = Path.GetFileNameWithoutExtension(path);
        return new ShortText(
            name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..],
            Encoding.UTF8.GetBytes(texts[^1]),
            Encoding.UTF8.GetBytes(string.Concat(texts[..^1].Select(text => text + "\n"))));
    }
}
