namespace NacrithOnnx.Cli.Posix;

/// <summary>Folders, which .NET does not open.</summary>
internal static class PosixFolder
{
    /// <summary>O_RDONLY everywhere.</summary>
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder to disk. Some file systems refuse it; then its names are as safe as they make them.</summary>
    /// <returns>Whether it was flushed.</returns>
    public static bool Flush(string folder)
    {
        var descriptor = LibC.Open(ByteName.Encode(folder), ReadOnly, 0);
        if (descriptor < 0)
        {
            return false;
        }

        var flushed = LibC.Flush(descriptor) == 0;
        _ = LibC.Close(descriptor);
        return flushed;
    }
}
