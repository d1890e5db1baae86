namespace NacrithOnnx.Format;

/// <summary>Where to find a data frame, and what part of the content it holds.</summary>
/// <param name="Archive">Header of the archive the frame belongs to.</param>
/// <param name="Offset">Where the frame begins, from where the stream stood when the map was read.</param>
/// <param name="OriginalStart">Where its content begins in the content of all archives together.</param>
/// <param name="OriginalLength">Length of its content.</param>
public readonly record struct FrameLocation(
    ArchiveHeader Archive, long Offset, long OriginalStart, long OriginalLength);
