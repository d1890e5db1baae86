namespace NacrithOnnx.Format;

/// <summary>Limits that a reader enforces on any archive.</summary>
public sealed record ReaderLimits
{
    /// <summary>For archives of unknown origin: the bounds of the format and 1 TiB of output.</summary>
    public static ReaderLimits Default { get; } = new() { MaxOutputLength = 1L << 40 };

    /// <summary>Most payload bytes of one frame. Bounds the memory of the reader.</summary>
    public int MaxFramePayloadLength { get; init; } = FormatConstants.MaxFramePayloadLength;

    /// <summary>Most original bytes of one frame. Bounds the memory and time to decode a frame.</summary>
    public int MaxFrameOriginalLength { get; init; } = FormatConstants.MaxFrameOriginalLength;

    /// <summary>Most original bytes of all concatenated archives.</summary>
    public long MaxOutputLength { get; init; } = long.MaxValue;

    /// <exception cref="LimitExceededException">A frame has more content than allowed.</exception>
    internal void CheckContent(int length, long offset)
    {
        if (length > MaxFrameOriginalLength)
        {
            throw new LimitExceededException(
                $"The content of the frame at byte {offset} exceeds the limit of {MaxFrameOriginalLength} bytes.");
        }
    }

    /// <exception cref="NacrithException">A frame has a longer payload than the format or this reader allows.</exception>
    internal void CheckPayload(long length, long offset)
    {
        if (length > FormatConstants.MaxFramePayloadLength)
        {
            throw new CorruptArchiveException(
                $"The payload of the frame at byte {offset} is longer than the format allows.");
        }

        if (length > MaxFramePayloadLength)
        {
            throw new LimitExceededException(
                $"The payload of the frame at byte {offset} exceeds the limit of {MaxFramePayloadLength} bytes.");
        }
    }
}
