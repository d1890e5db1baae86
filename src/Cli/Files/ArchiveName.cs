namespace NacrithOnnx.Cli.Files;

/// <summary>Names of archives.</summary>
internal static class ArchiveName
{
    public const string Suffix = ".ncx";

    /// <summary>Whether a name is that of an archive.</summary>
    public static bool IsArchive(string file) => file.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FileException">The file looks like an archive already.</exception>
    public static string ForContent(string file) => IsArchive(file)
        ? throw new FileException($"already ends in {Suffix}; to compress it again, name the output with -o")
        : file + Suffix;

    /// <exception cref="FileException">The name has no suffix to take away.</exception>
    public static string ForArchive(string file)
    {
        var content = IsArchive(file) ? file[..^Suffix.Length] : string.Empty;
        return Path.GetFileName(content).Length > 0
            ? content
            : throw new FileException($"does not end in {Suffix}; name the output with -o or -c");
    }
}
