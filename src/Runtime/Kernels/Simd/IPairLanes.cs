namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>
/// Vectors for products of int16 pairs: each int32 lane gains a[2i]·b[2i] + a[2i+1]·b[2i+1]. All integers, all exact.
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

    /// <summary>Adds the products of the pairs in the lanes of both.</summary>
    TSelf MultiplyAdd(TSelf left, TSelf right);
}
