namespace NacrithOnnx.Runtime;

/// <summary>How to compress.</summary>
public sealed record CompressOptions
{
    /// <summary>Fastest level.</summary>
    public const int MinLevel = 1;

    /// <summary>Level with the smallest archives.</summary>
    public const int MaxLevel = 9;

    /// <summary>Level used where nobody asks for another.</summary>
    public const int DefaultLevel = 6;

    /// <summary>Trade of speed for size, <see cref="MinLevel"/> to <see cref="MaxLevel"/>.</summary>
    public int Level { get; init; } = DefaultLevel;

    /// <summary>
    /// Bytes the input seems to hold, where that is known in advance: a hint, for a file can grow while it is read.
    /// </summary>
    public long? InputLength { get; init; }
}
