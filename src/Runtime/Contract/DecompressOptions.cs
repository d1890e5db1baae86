using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>What to decompress, and what to refuse.</summary>
public sealed record DecompressOptions
{
    /// <summary>Most bytes of content to produce; an archive that holds more is refused.</summary>
    public long MaxOutput { get; init; } = long.MaxValue;

    /// <summary>Most memory to use beyond the model, in bytes; null for the codec's own limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>First byte of the content to write.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes of content to write, fewer where the content ends earlier; null for all from the offset on.</summary>
    public long? Length { get; init; }

    /// <summary>Whether foreign bytes behind the last archive are passed over.</summary>
    public bool IgnoreTrailing { get; init; }

    internal bool IsRange => Offset > 0 || Length is not null;

    internal ContentRange Range =>
        new(Offset, Length is { } length && length < long.MaxValue - Offset ? Offset + length : long.MaxValue);

    internal TrailingData Trailing => IgnoreTrailing ? TrailingData.Ignore : TrailingData.Refuse;

    internal ReaderLimits Limits
    {
        get
        {
            var limits = ReaderLimits.Default with { MaxOutputLength = MaxOutput };
            if (MemoryLimit is not { } memory)
            {
                return limits;
            }

            // A frame takes its payload, its content, its tokens and copies of them at once: 16 bytes for each byte of content.
            const int BytesPerContentByte = 16;
            var length = (int)Math.Clamp(memory / BytesPerContentByte, 1, limits.MaxFrameOriginalLength);
            return limits with
            {
                MaxFrameOriginalLength = length,
                MaxFramePayloadLength = (int)Math.Min(memory, limits.MaxFramePayloadLength),
            };
        }
    }
}
