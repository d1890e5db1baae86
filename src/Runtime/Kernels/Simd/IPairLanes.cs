namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>
/// Vectors for products of int16 pairs: each int32 lane adds a[2i]·b[2i] + a[2i+1]·b[2i+1]. Integers only, always
/// exact.
/// </summary>
/// <typeparam name="TSelf">An accumulator of int32 lanes.</typeparam>
internal interface IPairLanes<TSelf>
    where TSelf : struct, IPairLanes<TSelf>
{
    /// <summary>int32 lanes, each fed by one pair of int16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(ref readonly int source, int index);

    void Store(ref int destination, int index);

    /// <summary>One pair (two int16 as one int32) for every lane.</summary>
    static abstract TSelf Broadcast(int pair);

    /// <summary>One pair from memory for each lane.</summary>
    /// <param name="source">int16 pairs.</param>
    /// <param name="index">Index of the first int16 to read.</param>
    static abstract TSelf LoadPairs(ref readonly short source, int index);

    /// <summary>One pair of signed bytes from memory for each lane.</summary>
    static abstract unsafe TSelf Widen(sbyte* source);

    /// <summary>Pairs of a signed byte of one row with the byte below it, for twice as many columns as there are lanes.</summary>
    /// <param name="even">The first row of each pair.</param>
    /// <param name="odd">The second.</param>
    static abstract unsafe (TSelf First, TSelf Second) Interleave(sbyte* even, sbyte* odd);

    /// <summary>Adds the products of the pairs in the lanes of both.</summary>
    TSelf MultiplyAdd(TSelf left, TSelf right);
}
