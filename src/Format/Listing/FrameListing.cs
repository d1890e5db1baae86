namespace NacrithOnnx.Format;

/// <summary>One data frame, as its header describes it.</summary>
/// <param name="Offset">Where the frame begins in the stream.</param>
/// <param name="Length">Bytes of the whole frame.</param>
/// <param name="OriginalStart">Where its content begins in the content of its archive.</param>
/// <param name="Header">What it holds.</param>
public sealed record FrameListing(long Offset, long Length, long OriginalStart, DataFrameHeader Header);
