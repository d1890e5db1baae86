namespace NacrithOnnx;

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
}
