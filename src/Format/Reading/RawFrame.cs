namespace NacrithOnnx.Format;

/// <summary>A frame's head, its checksum verified and its payload not yet read.</summary>
/// <param name="Type">The type, perhaps an unknown one.</param>
/// <param name="Header">The MessagePack map.</param>
/// <param name="PayloadLength">Bytes of payload that follow, without their checksum.</param>
/// <param name="Offset">Where the frame begins in the stream.</param>
internal readonly record struct RawFrame(FrameType Type, byte[] Header, long PayloadLength, long Offset)
{
    public bool IsSkippable => Type is >= FrameType.FirstSkippable and <= FrameType.LastSkippable;
}
