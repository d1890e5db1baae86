using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>A frame that has been read but not decompressed.</summary>
/// <param name="Archive">Header of its archive.</param>
/// <param name="Data">The frame.</param>
/// <param name="InputEnd">Bytes of input up to its end; 0 if it was looked up.</param>
internal sealed record ArchiveFrame(ArchiveHeader Archive, DataFrame Data, long InputEnd = 0)
{
    /// <summary>Where the content of the next frame begins.</summary>
    public long ContentEnd => Data.OriginalStart + Data.ContentLength;
}
