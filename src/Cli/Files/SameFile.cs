namespace NacrithOnnx.Cli.Files;

/// <summary>Whether two names lead to the same file, through any links.</summary>
internal static class SameFile
{
    /// <param name="source">Name of the input.</param>
    /// <param name="input">Its status.</param>
    /// <param name="target">Name of the output.</param>
    /// <param name="found">Its status.</param>
    public static bool IsSame(string source, FileStatus? input, string target, FileStatus found) =>
        input?.Identity is { } one && found.Identity is { } two
            ? one == two
            : string.Equals(Resolve(source), Resolve(target), StringComparison.OrdinalIgnoreCase);

    /// <summary>Without an identity: by name, ignoring case, as most file systems of Windows and macOS do.</summary>
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full) ?? string.Empty;
        var parts = full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            if (entry.LinkTarget is not null)
            {
                resolved = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? resolved;
            }
        }

        return resolved;
    }
}
