namespace NacrithOnnx.Cli.Files;

/// <summary>An input file.</summary>
internal sealed class SourceFile : IDisposable
{
    /// <summary>Read ahead in pieces of this size: large enough that the calls do not count beside the model.</summary>
    private const int BufferLength = 1 << 16;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly long _length;

    private SourceFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        Attributes = FileAttributesCopy.Of(stream.SafeFileHandle);
        _length = stream.CanSeek ? stream.Length : 0;
    }

    public Stream Stream => _stream;

    /// <summary>Length in bytes; null where only reading tells. Files in /proc say 0 and hold more.</summary>
    public long? Length => _length > 0 ? _length : null;

    public FileAttributesCopy Attributes { get; }

    /// <exception cref="FileRefusedException">It is a folder.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static SourceFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FileRefusedException("is a folder");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferLength, FileOptions.SequentialScan);
        try
        {
            return new(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Removes the file, unless it was changed or replaced after it was opened.</summary>
    /// <exception cref="FileRefusedException">It was changed and is kept.</exception>
    public void Remove()
    {
        _stream.Dispose();
        var now = new FileInfo(_path);
        if (!now.Exists || now.Length != _length || now.LastWriteTimeUtc != Attributes.LastWrite)
        {
            throw new FileRefusedException("was changed while it was read; it is not removed");
        }

        File.Delete(_path);
    }

    public void Dispose() => _stream.Dispose();
}
