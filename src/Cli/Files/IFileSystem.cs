using Microsoft.Win32.SafeHandles;

namespace NacrithOnnx.Cli.Files;

/// <summary>
/// Operations on files by name. Every failure is a <see cref="FileException"/> with that name.
/// </summary>
internal interface IFileSystem
{
    /// <summary>The status of a file; null where there is none.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="follow">Whether a symbolic link stands for what it leads to.</param>
    FileStatus? Status(string path, bool follow = true);

    /// <summary>The status of an open file.</summary>
    FileStatus Status(SafeFileHandle handle, string path);

    /// <summary>Opens a file for reading, even if another program has locked it.</summary>
    SafeFileHandle OpenRead(string path);

    /// <summary>Opens a device or FIFO for writing, without truncating it.</summary>
    SafeFileHandle OpenWrite(string path);

    /// <summary>Creates a file that must not exist, for reading and writing, and locks it while it is open.</summary>
    SafeFileHandle Create(string path, UnixFileMode mode);

    /// <summary>Gives a file another name.</summary>
    /// <returns>False where that name is taken and must not be replaced.</returns>
    bool TryMove(string from, string to, bool replace);

    /// <summary>Removes a file.</summary>
    void Delete(string path);

    /// <summary>Names in a folder, without its path, in no order.</summary>
    IEnumerable<string> Names(string folder);

    /// <summary>Copies owner, permissions and time to a new file as far as the system allows.</summary>
    void Inherit(SafeFileHandle handle, FileStatus from);

    /// <summary>Whether the lock of <see cref="Create"/> is free.</summary>
    bool IsAbandoned(string path);

    /// <summary>Flushes a folder to disk where supported, so that a name in it survives a power cut.</summary>
    /// <returns>Whether it was flushed.</returns>
    bool Flush(string folder);
}
