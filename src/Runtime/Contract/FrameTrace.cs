namespace NacrithOnnx;

/// <summary>How a frame was coded.</summary>
/// <param name="Regions">Its regions, in order.</param>
/// <param name="Text">Its tokens, all text regions one after the other; null if it has no text.</param>
/// <param name="ByteBits">Bits that each byte of its byte regions took, one region after the other.</param>
internal sealed record FrameTrace(IReadOnlyList<RegionTrace> Regions, TextTrace? Text, ReadOnlyMemory<float> ByteBits);
