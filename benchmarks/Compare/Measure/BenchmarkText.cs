namespace NacrithOnnx.Compare;

/// <summary>A text to compress.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Path">File to read.</param>
internal sealed record BenchmarkText(string Name, string Path)
{
    /// <summary>The selected texts; a truncated text is written to <paramref name="folder"/>.</summary>
    public static List<BenchmarkText> Find(BenchmarkOptions options, string folder)
    {
        var texts = new List<BenchmarkText>();
        foreach (var path in options.Texts.SelectMany(Files))
        {
            var text = new BenchmarkText(System.IO.Path.GetFileName(path), path);
            if (options.First is { } length && new FileInfo(path).Length > length)
            {
                text = new($"{text.Name}[..{length}]", System.IO.Path.Combine(folder, text.Name));
                File.WriteAllBytes(text.Path, File.ReadAllBytes(path)[..length]);
            }

            texts.Add(text);
        }

        return texts;
    }

    private static string[] Files(string path)
    {
        if (Directory.Exists(path))
        {
            var files = Directory.GetFiles(path);
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }

        return File.Exists(path)
            ? [System.IO.Path.GetFullPath(path)]
            : throw new BenchmarkException($"there is no text {path}");
    }
}
