namespace NacrithOnnx.Format;

/// <summary>Locates a data frame and the part of the content that it holds.</summary>
/// <param name="Archive">Header of the archive that holds the frame.</param>
/// <param name="Offset">Offset of the frame from the position of the stream when the map was read.</param>
/// <param name="OriginalStart">Offset of its content in the content of all archives.</param>
/// <param name="OriginalLength">Length of its content.</param>
public readonly record struct FrameLocation(
    ArchiveHeader Archive, long Offset, long OriginalStart, long OriginalLength);
