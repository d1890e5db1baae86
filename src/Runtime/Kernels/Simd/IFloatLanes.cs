namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>
/// One vector of float32 lanes, so that a kernel is written once and compiled for each width.
/// Every member is a single IEEE operation per lane (or moves data), so all widths give the same bits;
/// the one-lane implementation is the slow, obvious twin.
/// </summary>
/// <typeparam name="TSelf">The float vector.</typeparam>
/// <typeparam name="TInt">The int32 vector of the same number of lanes.</typeparam>
internal interface IFloatLanes<TSelf, TInt>
    where TSelf : struct, IFloatLanes<TSelf, TInt>
    where TInt : struct, IIntLanes<TInt, TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Create(float value);

    static abstract TSelf Load(ref readonly float source, int index);

    void Store(ref float destination, int index);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Max(TSelf left, TSelf right);

    TSelf Abs();

    /// <summary>Rounds to the nearest integer, ties to even.</summary>
    TSelf Round();

    TSelf Floor();

    /// <summary>2^n for lanes that hold integers n in −126..127, by placing n in the exponent field.</summary>
    TSelf PowerOfTwo();

    /// <summary>Takes a lane of <paramref name="whenTrue"/> where this lane is ≥ 0, else of <paramref name="whenFalse"/>.</summary>
    TSelf SelectNonNegative(TSelf whenTrue, TSelf whenFalse);

    /// <summary>Keeps the first <paramref name="count"/> lanes and takes the rest from <paramref name="other"/>.</summary>
    TSelf KeepFirst(int count, TSelf other);

    /// <summary>Converts lanes that hold integers in the range of int32.</summary>
    TInt ToInt32();

    float MaxAcross();
}
