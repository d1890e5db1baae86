namespace NacrithOnnx.Runtime.Bytes;

/// <summary>How a predictor begins: the mixer's first weights and how fast it learns. Short inputs end before it has learned.</summary>
/// <remarks>Part of the format: the payload's first byte names one (docs/byte-coder.md).</remarks>
internal sealed record ByteProfile
{
    private ByteProfile()
    {
    }

    /// <summary>Anything that repeats: all that knows something has a say.</summary>
    public static ByteProfile General { get; } = new()
    {
        Context = 5000, Match = 5000, OrderZero = 5000, OrderOne = 5000, OrderTwo = 5000, FirstRate = 48, LastRate = 10,
    };

    /// <summary>
    /// Random symbols of an alphabet, such as keys, digits, genes: how often each comes is all there is to know, and what
    /// the contexts say of such data at first is noise.
    /// </summary>
    public static ByteProfile Symbols { get; } = new()
    {
        Context = 1000, Match = 8000, OrderZero = 45000, OrderOne = 4000, OrderTwo = 3000, FirstRate = 16, LastRate = 4,
    };

    /// <summary>Weight of each context's log-odds, of <see cref="MixerKernel.WeightOne"/>.</summary>
    public required int Context { get; init; }

    /// <summary>Weight of each match model's log-odds.</summary>
    public required int Match { get; init; }

    /// <summary>Weight of the count of all bytes.</summary>
    public required int OrderZero { get; init; }

    /// <summary>Weight of the count of bytes after each byte.</summary>
    public required int OrderOne { get; init; }

    /// <summary>Weight of the count of bytes after each pair.</summary>
    public required int OrderTwo { get; init; }

    /// <summary>Learning rate of the mixer at first.</summary>
    public required int FirstRate { get; init; }

    /// <summary>Learning rate that it falls to.</summary>
    public required int LastRate { get; init; }
}
