using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>Which content to decompress, and limits.</summary>
public sealed record DecompressOptions
{
    /// <summary>Maximum bytes of content to produce; an archive that holds more is refused.</summary>
    public long MaxOutput { get; init; } = long.MaxValue;

    /// <summary>
    /// Maximum bytes for each of: the tables that an archive's parameters ask for, a frame, and the caches for its text, which have up to
    /// 390 MB; null for the codec's own limits. What needs more is refused before it is allocated. Weights, logits and the usual
    /// tables come on top. It also bounds how many frames are decoded at the same time.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>First byte of the content to write.</summary>
    public long Offset { get; init; }

    /// <summary>
    /// Bytes of content to write, fewer if the content ends earlier; null for all from the offset on.
    /// </summary>
    public long? Length { get; init; }

    /// <summary>The dictionary that the archive was made with, if any; ignored by archives without one.</summary>
    public NacrithDictionary? Dictionary { get; init; }

    /// <summary>Whether foreign bytes after the last archive are ignored.</summary>
    public bool IgnoreTrailing { get; init; }

    /// <summary>Learns how frames were coded; null for nobody.</summary>
    internal IFrameObserver? Observer { get; init; }

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

            // A frame's payload, content, tokens and copies are in memory at once: 16 bytes per byte of content.
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
