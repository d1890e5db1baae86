namespace NacrithOnnx.Cli.Files;

/// <summary>Tells whether a name leads to a file that is being read, by whatever links.</summary>
internal static class SamePath
{
    /// <summary>Whether writing to <paramref name="target"/> would replace the input.</summary>
    /// <param name="source">The input, held open with a shared lock.</param>
    /// <param name="target">The output.</param>
    public static bool IsSame(string source, string target) =>
        string.Equals(Resolve(source), Resolve(target), StringComparison.Ordinal) || IsHeld(target);

    /// <summary>
    /// Asks for an exclusive lock. The input holds a shared one, so this fails on the input itself under another name:
    /// a hard link, or another spelling on a file system that ignores case.
    /// </summary>
    private static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // The input could be read, so this is another file.
            return false;
        }
    }

    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full) ?? string.Empty;
        foreach (var part in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            resolved = entry.LinkTarget is null ? resolved : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? resolved;
        }

        return resolved;
    }
}
