namespace NacrithOnnx.Runtime.Files;

/// <summary>A file of the model: a whole file, or a piece of one that several are packed in.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where the piece begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Pack">What the piece was packed with; null for a whole file.</param>
internal readonly record struct FileSlice(string Path, long Offset, long Length, PackedFiles? Pack)
{
    /// <summary>A file that is not packed.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static FileSlice Whole(string path) => new(path, 0, new FileInfo(path).Length, Pack: null);

    /// <summary>Reads all of it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] ReadAll()
    {
        var bytes = new byte[Length];
        ReadStart(bytes);
        return bytes;
    }

    /// <summary>Reads as many bytes as there is room for.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public void ReadStart(Span<byte> bytes)
    {
        using var file = File.OpenHandle(Path);
        for (int read = 0, count; read < bytes.Length; read += count)
        {
            count = RandomAccess.Read(file, bytes[read..], Offset + read);
            if (count == 0)
            {
                throw new EndOfStreamException($"{Path} ends too early.");
            }
        }
    }
}
