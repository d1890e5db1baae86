using Microsoft.Win32.SafeHandles;

namespace NacrithOnnx.Cli.Files;

/// <summary>What an output inherits from its input: time of last change, and on Unix the permissions.</summary>
/// <param name="LastWrite">Time of last change, UTC.</param>
/// <param name="Permissions">Permissions without set-user-id and the like, which must not pass to new content.</param>
internal readonly record struct FileAttributesCopy(DateTime LastWrite, UnixFileMode? Permissions)
{
    private const UnixFileMode Plain = (UnixFileMode)0b111_111_111;

    public static FileAttributesCopy Of(SafeFileHandle handle) => new(
        File.GetLastWriteTimeUtc(handle),
        OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(handle) & Plain);

    public void ApplyTo(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsWindows() && Permissions is UnixFileMode permissions)
        {
            File.SetUnixFileMode(handle, permissions);
        }

        File.SetLastWriteTimeUtc(handle, LastWrite);
    }
}
