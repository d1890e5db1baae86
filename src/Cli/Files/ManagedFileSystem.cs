using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Files;

/// <summary>Windows and macOS, through .NET's portable classes.</summary>
internal sealed class ManagedFileSystem : IFileSystem
{
    /// <summary>Where the devices are on Unix.</summary>
    private const string DeviceFolder = "/dev/";

    private const UnixFileMode Plain = (UnixFileMode)0b111_111_111;

    public FileStatus? Status(string path, bool follow = true) => Run<FileStatus?>(path, () =>
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (info.LinkTarget is not null)
        {
            if (!follow)
            {
                return new FileStatus { Kind = FileKind.SymbolicLink };
            }

            info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        }

        return info switch
        {
            DirectoryInfo => new() { Kind = FileKind.Folder },
            FileInfo { Exists: true } file => new()
            {
                Kind = IsDevice(path) ? FileKind.Device : FileKind.Regular,
                Length = file.Length,
                Changed = FileTime.Of(file.LastWriteTimeUtc),
                Permissions = OperatingSystem.IsWindows() ? null : file.UnixFileMode & Plain,
            },
            _ => null,
        };
    });

    public FileStatus Status(SafeFileHandle handle, string path) => Run(path, () => new FileStatus
    {
        Kind = IsDevice(path) ? FileKind.Device : FileKind.Regular,
        Length = IsDevice(path) ? 0 : RandomAccess.GetLength(handle),
        Changed = FileTime.Of(File.GetLastWriteTimeUtc(handle)),
        Permissions = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(handle) & Plain,
    });

    public SafeFileHandle OpenRead(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Run(path, () => File.OpenHandle(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));
        }

        // .NET would ask for a lock, and fail where another program has one.
        const int ReadOnly = 0;
        var descriptor = LibC.Open(ByteName.Encode(path), ReadOnly, 0);
        return descriptor >= 0
            ? new(descriptor, ownsHandle: true)
            : throw new FileException(PosixError.Describe(PosixError.Last), path);
    }

    public SafeFileHandle OpenWrite(string path) =>
        Run(path, () => File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));

    public SafeFileHandle Create(string path, UnixFileMode mode) => Run(path, () =>
    {
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        if (!OperatingSystem.IsWindows() && mode != AtomicFile.Usual)
        {
            File.SetUnixFileMode(handle, mode);
        }

        return handle;
    });

    public bool TryMove(string from, string to, bool replace) => Run(to, () =>
    {
        try
        {
            File.Move(from, to, replace);
            return true;
        }
        catch (IOException) when (!replace && Path.Exists(to))
        {
            return false;
        }
    });

    public void Delete(string path) => Run(path, () =>
    {
        File.Delete(path);
        return true;
    });

    public IEnumerable<string> Names(string folder) => Run(folder, () =>
        Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).ToList());

    public void Inherit(SafeFileHandle handle, FileStatus from)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && from.Permissions is { } permissions)
            {
                File.SetUnixFileMode(handle, permissions);
            }

            var seconds = DateTime.UnixEpoch.AddSeconds(from.Changed.Seconds);
            File.SetLastWriteTimeUtc(handle, seconds.AddTicks(from.Changed.Nanoseconds / TimeSpan.NanosecondsPerTick));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not worth losing the output for.
        }
    }

    public bool IsAbandoned(string path) => false;

    public bool Flush(string folder) => !OperatingSystem.IsWindows() && PosixFolder.Flush(folder);

    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && path.StartsWith(DeviceFolder, StringComparison.Ordinal);

    private static T Run<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileException("no such file or folder", path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new FileException("permission denied", path, exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw new FileException(exception.Message, path, exception);
        }
    }
}
