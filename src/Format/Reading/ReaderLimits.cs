namespace NacrithOnnx.Format;

/// <summary>What a reader refuses to go beyond, whatever an archive asks for.</summary>
public sealed record ReaderLimits
{
    /// <summary>For archives of unknown origin: the bounds of the format, and 1 TiB of output.</summary>
    public static ReaderLimits Default { get; } = new() { MaxOutputLength = 1L << 40 };

    /// <summary>For archives of one's own: only the bounds of the format.</summary>
    public static ReaderLimits Trusted { get; } = new();

    /// <summary>Most payload bytes of one frame; bounds the memory the reader takes.</summary>
    public int MaxFramePayloadLength { get; init; } = FormatConstants.MaxFramePayloadLength;

    /// <summary>Most original bytes of one frame; bounds the memory and time a decoder takes for a frame.</summary>
    public int MaxFrameOriginalLength { get; init; } = FormatConstants.MaxFrameOriginalLength;

    /// <summary>Most original bytes of everything read, over all concatenated archives.</summary>
    public long MaxOutputLength { get; init; } = long.MaxValue;
}
