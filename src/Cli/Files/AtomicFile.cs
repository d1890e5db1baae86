namespace NacrithOnnx.Cli.Files;

/// <summary>
/// An output that appears complete or not at all: written under a temporary name in the same folder, flushed to the disk,
/// then renamed, and the folder flushed, before anything else happens to the source.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>What programs give new files; the user's umask takes away from it.</summary>
    public const UnixFileMode Usual =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int BufferLength = 1 << 16;

    private readonly string _destination;
    private readonly string _temporary;
    private readonly bool _replace;
    private readonly FileStatus? _source;
    private readonly FileStream _stream;
    private readonly SparseStream? _sparse;
    private bool _committed;

    /// <summary>Creates the temporary file.</summary>
    /// <param name="destination">Final name.</param>
    /// <param name="replace">Whether a file of that name may be replaced.</param>
    /// <param name="source">What to inherit owner, permissions and time from; null if the input is not a file.</param>
    /// <param name="isSparse">Whether blocks of zeros become holes.</param>
    /// <exception cref="FileException">The folder is missing, full, or may not be written to.</exception>
    public AtomicFile(string destination, bool replace, FileStatus? source, bool isSparse)
    {
        (_destination, _replace, _source) = (destination, replace, source);
        _temporary = TemporaryFiles.NewName(FileSystem.FolderOf(destination));
        TemporaryFiles.Add(_temporary);
        try
        {
            var handle = FileSystem.Current.Create(_temporary, source is null ? Usual : OwnerOnly);
            _stream = new(handle, FileAccess.ReadWrite, BufferLength);
            _sparse = isSparse ? new(_stream) : null;
        }
        catch (FileException exception)
        {
            TemporaryFiles.Forget(_temporary);
            throw new FileException(exception.Message, destination, exception);
        }
    }

    /// <summary>The content; unless it is sparse, it can be read back before <see cref="Commit"/>.</summary>
    public Stream Stream => _sparse is null ? _stream : _sparse;

    /// <summary>Makes the output appear under its name.</summary>
    /// <exception cref="FileException">
    /// A file of that name has appeared in the meantime and must not be replaced, or the disk is full.
    /// </exception>
    public void Commit()
    {
        try
        {
            _sparse?.Complete();
            _stream.Flush(flushToDisk: true);
            if (_source is not null)
            {
                FileSystem.Current.Inherit(_stream.SafeFileHandle, _source);
                _stream.Flush(flushToDisk: true);
            }

            if (OperatingSystem.IsWindows())
            {
                // Windows renames no open file. Elsewhere it stays open, and its lock with it, until it has its name.
                _stream.Dispose();
            }
        }
        catch (Exception exception) when (FileException.IsWriteFailure(exception))
        {
            throw FileException.ToWrite(exception, _destination);
        }

        if (!FileSystem.Current.TryMove(_temporary, _destination, _replace))
        {
            throw new FileException("was created by another program in the meantime and is kept; use -f to replace it", _destination);
        }

        _committed = true;
        TemporaryFiles.Forget(_temporary);
        FileSystem.Current.Flush(FileSystem.FolderOf(_destination));
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception exception) when (FileException.IsWriteFailure(exception))
        {
            // The buffer could not be written; the first failure has been reported, and the file is removed.
        }

        if (!_committed)
        {
            TemporaryFiles.Remove(_temporary);
        }
    }
}
