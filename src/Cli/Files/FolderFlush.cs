using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Files;

/// <summary>
/// Flushes a folder to the disk, so that a name given to a file in it survives a power cut: without that the file may be
/// there and its name not. .NET opens files only.
/// </summary>
internal static partial class FolderFlush
{
    /// <summary>O_RDONLY everywhere.</summary>
    private const int ReadOnly = 0;

    /// <summary>
    /// Flushes a folder where the system has that. Some file systems refuse it; then the name is as safe as they make it.
    /// </summary>
    /// <returns>Whether it was flushed.</returns>
    public static bool Try(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            return false;
        }

        var flushed = Flush(descriptor) == 0;
        _ = Close(descriptor);
        return flushed;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
