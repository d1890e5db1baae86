namespace NacrithOnnx.Format;

/// <summary>The head of a frame. Its checksum is verified; the payload is not yet read.</summary>
/// <param name="Type">The type, possibly unknown.</param>
/// <param name="Header">The header map.</param>
/// <param name="PayloadLength">Length of the payload without its checksum.</param>
/// <param name="Offset">Offset of the frame in the stream.</param>
internal readonly record struct FrameHead(FrameType Type, byte[] Header, long PayloadLength, long Offset)
{
    public bool IsSkippable => Type is >= FrameType.FirstSkippable and <= FrameType.LastSkippable;
}
