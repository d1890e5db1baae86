namespace NacrithOnnx;

/// <summary>How to compress.</summary>
public sealed record CompressOptions
{
    /// <summary>Fastest level.</summary>
    public const int MinLevel = 1;

    /// <summary>Level with the smallest archives.</summary>
    public const int MaxLevel = 9;

    /// <summary>Level used unless another is set.</summary>
    public const int DefaultLevel = 6;

    /// <summary>Trade-off of speed against size, <see cref="MinLevel"/> to <see cref="MaxLevel"/>.</summary>
    public int Level { get; init; } = DefaultLevel;

    /// <summary>
    /// What is learned before the content, or null. Decompressing needs the same dictionary, of which the archive has
    /// four bytes of the SHA-256. The writer leaves it out where short content becomes no smaller with it.
    /// </summary>
    public NacrithDictionary? Dictionary { get; init; }

    /// <summary>
    /// Maximum bytes of memory for the model, predictors, caches and frames, beside the program itself; null for no limit. It
    /// decides how many frames are compressed at the same time and how many tokens a call of the model reads, never the bytes.
    /// Text for which the level needs more is refused before that is allocated, with the level that fits.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// Length of the content, if it is known. It decides how many frames are compressed at the same time, never the bytes.
    /// </summary>
    public long? ContentLength { get; init; }

    /// <summary>
    /// Whether the content is some of the frames of a longer one: a single frame is then coded as one of several.
    /// </summary>
    internal bool IsPart { get; init; }

    /// <summary>Learns how frames were coded; null for nobody.</summary>
    internal IFrameObserver? Observer { get; init; }
}
