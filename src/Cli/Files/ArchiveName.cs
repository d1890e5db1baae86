namespace NacrithOnnx.Cli.Files;

/// <summary>Names of archives, or of messages.</summary>
internal sealed class ArchiveName(string suffix)
{
    /// <summary>Names of archives.</summary>
    public static ArchiveName Archive { get; } = new(".ncx");

    /// <summary>Names of messages, which no archive may have: a message does not say what it is.</summary>
    public static ArchiveName Message { get; } = new(".ncm");

    /// <summary>Whether a name is that of an archive.</summary>
    public bool IsArchive(string file) => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FileException">The file looks like an archive already.</exception>
    public string ForContent(string file) => IsArchive(file)
        ? throw new FileException($"already ends in {suffix}; to compress it again, name the output with -o")
        : file + suffix;

    /// <exception cref="FileException">The name has no suffix to take away.</exception>
    public string ForArchive(string file)
    {
        if (IsArchive(file))
        {
            var content = file[..^suffix.Length];
            return Path.GetFileName(content).Length > 0
                ? content
                : throw new FileException($"has no name before {suffix}; name the output with -o or -c");
        }

        throw new FileException(this == Archive && Message.IsArchive(file)
            ? "has the name of a message; use --message"
            : $"does not end in {suffix}; name the output with -o or -c");
    }
}
