namespace NacrithOnnx.Compare;

/// <summary>The working tree that the benchmark was built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string ModelFolder { get; } = System.IO.Path.Combine(Path, "models", "onnx");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "NacrithOnnx.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new BenchmarkException("the benchmark runs outside the repository");
    }
}
