using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Files;

/// <summary>An input file.</summary>
internal sealed class SourceFile : IDisposable
{
    /// <summary>Read ahead in pieces of this size: large enough that the calls do not count beside the model.</summary>
    private const int BufferLength = 1 << 16;

    private readonly string _path;
    private readonly FileStream _stream;

    private SourceFile(string path, FileStream stream, FileStatus status)
    {
        (_path, _stream, Status) = (path, stream, status);
    }

    public Stream Stream => _stream;

    /// <summary>Its status when it was opened.</summary>
    public FileStatus Status { get; }

    /// <summary>Length in bytes; null if unknown. Files in /proc report 0 and may hold more.</summary>
    public long? Length => Status is { Kind: FileKind.Regular, Length: > 0 } ? Status.Length : null;

    /// <summary>What an output inherits; nothing from a FIFO or device.</summary>
    public FileStatus? Inheritable => Status.Kind == FileKind.Regular ? Status : null;

    /// <summary>Whether it grew, shrank or was written to after it was opened.</summary>
    public bool HasChanged => Status.Kind == FileKind.Regular
        && !Status.IsUnchanged(FileSystem.Current.Status(_stream.SafeFileHandle, _path));

    /// <summary>Opens an input; returns null for standard input.</summary>
    /// <exception cref="FileException">It is a terminal, a folder, is not there, or cannot be read.</exception>
    public static SourceFile? Open(string name, IHost host, bool force)
    {
        if (name != CommandLineOptions.Standard)
        {
            return Open(name);
        }

        return host.InputIsTerminal && !force
            ? throw new FileException("is a terminal; name a file, or use -f to type the input")
            : null;
    }

    /// <exception cref="FileException">It is a folder, is not there, or cannot be read.</exception>
    public static SourceFile Open(string path)
    {
        DescriptorName.RequireOpen(path);
        var files = FileSystem.Current;
        if (files.Status(path) is { Kind: FileKind.Folder })
        {
            throw new FileException("is a folder; use -r for the files in it, or tar(1) for one archive", path);
        }

        var handle = files.OpenRead(path);
        try
        {
            return new(path, new(handle, FileAccess.Read, BufferLength), files.Status(handle, path));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Checks before a file is opened that it may be removed at the end.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="force">Whether to remove one of several names.</param>
    /// <exception cref="FileException">It may not.</exception>
    public static void RequireRemovable(string path, bool force)
    {
        switch (FileSystem.Current.Status(path, follow: false))
        {
            case { Kind: FileKind.SymbolicLink }:
                throw new FileException("is a symbolic link; --rm needs the file itself");
            case { Kind: FileKind.Fifo or FileKind.Device or FileKind.Socket }:
                throw new FileException("is not a regular file; --rm is refused");
            case { Kind: FileKind.Regular, Links: > 1 and var links } when !force:
                throw new FileException($"has {links} names (hard links), of which --rm would remove one; use -f");
        }
    }

    /// <summary>Removes the file, unless it was changed or replaced after it was opened.</summary>
    /// <exception cref="FileException">It was changed and is kept.</exception>
    public void Remove()
    {
        _stream.Dispose();
        if (FileSystem.Current.Status(_path, follow: false) is not { } now || !Status.IsUnchanged(now))
        {
            throw new FileException("changed while it was read and is kept");
        }

        FileSystem.Current.Delete(_path);
    }

    public void Dispose() => _stream.Dispose();
}
