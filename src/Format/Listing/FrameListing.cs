namespace NacrithOnnx.Format;

/// <summary>One data frame, as described by its header.</summary>
/// <param name="Offset">Offset of the frame in the stream.</param>
/// <param name="Length">Length of the frame in bytes.</param>
/// <param name="OriginalStart">Offset of its content in the content of its archive.</param>
/// <param name="Header">Describes the content.</param>
public sealed record FrameListing(long Offset, long Length, long OriginalStart, DataFrameHeader Header);
