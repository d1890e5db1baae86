namespace NacrithOnnx.Tests.Support;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Folder of NacrithOnnx.sln, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files below a folder of the repository, build output left out, as paths relative to the root
    /// with forward slashes.</summary>
    public static IReadOnlyList<string> CSharpFiles(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new InvalidOperationException($"no C# file below {folder}");
    }

    /// <summary>Text of a file.</summary>
    /// <param name="path">Path from the root.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NacrithOnnx.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository");
    }
}
