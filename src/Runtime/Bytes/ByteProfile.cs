namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Initial state of a predictor: the mixer's weights and learning rates. Short inputs end before it has adapted.
/// </summary>
/// <remarks>Part of the format: the payload's first byte names one (docs/byte-coder.md).</remarks>
internal sealed record ByteProfile
{
    private ByteProfile()
    {
    }

    /// <summary>For content that repeats: all models have weight.</summary>
    public static ByteProfile General { get; } = new()
    {
        Context = 5000,
        Match = 5000,
        OrderZero = 5000,
        OrderOne = 5000,
        OrderTwo = 5000,
        FirstRate = 48,
        LastRate = 10,
    };

    /// <summary>
    /// For random symbols of an alphabet, such as keys, digits, genes: the frequency of each is all that can be
    /// learned, and the first predictions of the contexts are noise.
    /// </summary>
    public static ByteProfile Symbols { get; } = new()
    {
        Context = 1000,
        Match = 8000,
        OrderZero = 45000,
        OrderOne = 4000,
        OrderTwo = 3000,
        FirstRate = 16,
        LastRate = 4,
    };

    /// <summary>Weight of each context's log-odds, in units of 1 / <see cref="MixerKernel.WeightOne"/>.</summary>
    public required int Context { get; init; }

    /// <summary>Weight of each match model's log-odds.</summary>
    public required int Match { get; init; }

    /// <summary>Weight of the count of all bytes.</summary>
    public required int OrderZero { get; init; }

    /// <summary>Weight of the count of bytes after each byte.</summary>
    public required int OrderOne { get; init; }

    /// <summary>Weight of the count of bytes after each pair.</summary>
    public required int OrderTwo { get; init; }

    /// <summary>Initial learning rate of the mixer.</summary>
    public required int FirstRate { get; init; }

    /// <summary>Final learning rate of the mixer.</summary>
    public required int LastRate { get; init; }
}
