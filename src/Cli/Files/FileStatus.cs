namespace NacrithOnnx.Cli.Files;

/// <summary>What a file system knows of a file beside its content.</summary>
internal sealed record FileStatus
{
    public required FileKind Kind { get; init; }

    /// <summary>Bytes of a regular file. Files in /proc say 0 and hold more.</summary>
    public long Length { get; init; }

    /// <summary>Time of the last change of the content.</summary>
    public FileTime Changed { get; init; }

    /// <summary>Permissions without set-user-id and the like, which new content must not get; null on Windows.</summary>
    public UnixFileMode? Permissions { get; init; }

    /// <summary>Owner and group; null where they are not known.</summary>
    public (uint User, uint Group)? Owner { get; init; }

    /// <summary>Names that the file has.</summary>
    public uint Links { get; init; } = 1;

    /// <summary>Device and number of the file on it, which together name it; null where they are not known.</summary>
    public (uint Major, uint Minor, ulong Number)? Identity { get; init; }

    /// <summary>Whether it is the same file, with the same content as far as length and time tell.</summary>
    public bool IsUnchanged(FileStatus later) =>
        Identity == later.Identity && Length == later.Length && Changed == later.Changed;
}
