using System.Globalization;
using System.Security.Cryptography;

namespace NacrithOnnx.Cli.Files;

/// <summary>
/// An output that appears whole or not at all: written under a temporary name in the same folder, flushed to the disk,
/// then renamed, and the folder flushed, before anything else happens to the source.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const int BufferLength = 1 << 16;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What programs give new files; the user's umask takes away from it.</summary>
    private const UnixFileMode Usual =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string _destination;
    private readonly string _temporary;
    private readonly bool _overwrite;
    private readonly FileAttributesCopy? _attributes;
    private readonly FileStream _stream;
    private bool _committed;

    /// <summary>Creates the temporary file.</summary>
    /// <param name="destination">Final name.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced.</param>
    /// <param name="attributes">What to inherit; null for an input that is no file.</param>
    /// <exception cref="IOException">The folder is not there or is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public AtomicFile(string destination, bool overwrite, FileAttributesCopy? attributes)
    {
        _destination = destination;
        _overwrite = overwrite;
        _attributes = attributes;

        // A short name of its own: the final name plus a suffix could pass the 255 bytes file systems allow.
        var unique = RandomNumberGenerator.GetInt32(int.MaxValue).ToString("x8", CultureInfo.InvariantCulture);
        var folder = Path.GetDirectoryName(Path.GetFullPath(destination)) ?? ".";
        _temporary = Path.Combine(folder, $".nacrith-{Environment.ProcessId}-{unique}.tmp");
        TemporaryFiles.Add(_temporary);
        try
        {
            _stream = Open(_temporary, attributes is null ? Usual : OwnerOnly);
        }
        catch
        {
            TemporaryFiles.Forget(_temporary);
            throw;
        }
    }

    /// <summary>The content; can be read back before <see cref="Commit"/>.</summary>
    public Stream Stream => _stream;

    /// <summary>Makes the output appear under its name.</summary>
    /// <exception cref="FileRefusedException">A file of that name has appeared meanwhile and may not be replaced.</exception>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _attributes?.ApplyTo(_stream.SafeFileHandle);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        try
        {
            // Without overwriting this is link and unlink, which fails rather than replaces.
            File.Move(_temporary, _destination, _overwrite);
        }
        catch (IOException) when (!_overwrite && Path.Exists(_destination))
        {
            throw new FileRefusedException($"{_destination} has appeared meanwhile and is kept; use -f to replace it");
        }

        _committed = true;
        TemporaryFiles.Forget(_temporary);
        FolderFlush.Try(Path.GetDirectoryName(_temporary)!);
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What is left in the buffer found no room; the file goes away and the first failure has been reported.
        }

        if (!_committed)
        {
            TemporaryFiles.Remove(_temporary);
        }
    }

    private static FileStream Open(string path, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferLength,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return new(path, options);
    }
}
