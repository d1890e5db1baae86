using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>Which content to decompress, and limits.</summary>
public sealed record DecompressOptions
{
    /// <summary>Content, tokens, text, payload and copies of a frame are in memory at once: bytes per byte of content.</summary>
    internal const int BytesPerContentByte = 16;

    /// <summary>Maximum bytes of content to produce; an archive that holds more is refused.</summary>
    public long MaxOutput { get; init; } = long.MaxValue;

    /// <summary>
    /// Maximum bytes of memory for frames, tables that an archive's parameters ask for and, if it has text, the model, predictors and
    /// caches, beside the program itself; null for the codec's own limits. What needs more is refused before it is allocated. It
    /// also bounds how many frames are decoded at the same time.
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

    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxOutput);
        ArgumentOutOfRangeException.ThrowIfNegative(Offset);
        ArgumentOutOfRangeException.ThrowIfNegative(Length ?? 0, nameof(Length));
        ArgumentOutOfRangeException.ThrowIfNegative(MemoryLimit ?? 0, nameof(MemoryLimit));
    }

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

            var length = (int)Math.Clamp(memory / BytesPerContentByte, 1, limits.MaxFrameOriginalLength);
            return limits with
            {
                MaxFrameOriginalLength = length,
                MaxFramePayloadLength = (int)Math.Min(memory, limits.MaxFramePayloadLength),
            };
        }
    }
}
