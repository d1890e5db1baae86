namespace NacrithOnnx.Cli.Files;

/// <summary>Names of archives.</summary>
internal static class ArchiveName
{
    public const string Suffix = ".ncx";

    /// <exception cref="FileRefusedException">The file looks like an archive already.</exception>
    public static string ForContent(string file) => file.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
        ? throw new FileRefusedException($"already ends in {Suffix}; to compress it again, name the output with -o")
        : file + Suffix;

    /// <exception cref="FileRefusedException">The name has no suffix to take away.</exception>
    public static string ForArchive(string file)
    {
        var content = file.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? file[..^Suffix.Length] : string.Empty;
        return Path.GetFileName(content).Length > 0
            ? content
            : throw new FileRefusedException($"does not end in {Suffix}; name the output with -o or -c");
    }
}
