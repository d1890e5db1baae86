namespace NacrithOnnx.Cli.Files;

/// <summary>The file system of the machine.</summary>
internal static class FileSystem
{
    public static IFileSystem Current { get; } =
        OperatingSystem.IsLinux() ? new LinuxFileSystem() : new ManagedFileSystem();

    /// <summary>
    /// The folder of a file, from its name alone: .NET has no full path if the current folder is not UTF-8.
    /// </summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder
        ? folder
        : Path.GetPathRoot(path) is { Length: > 0 } root ? root : ".";
}
