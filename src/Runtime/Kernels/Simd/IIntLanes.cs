namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>A vector of int32 lanes; see <see cref="IFloatLanes{TSelf,TInt}"/>.</summary>
/// <typeparam name="TSelf">The int32 vector.</typeparam>
/// <typeparam name="TFloat">The float vector of the same number of lanes.</typeparam>
internal interface IIntLanes<TSelf, TFloat>
    where TSelf : struct, IIntLanes<TSelf, TFloat>
    where TFloat : struct, IFloatLanes<TFloat, TSelf>
{
    static abstract TSelf Create(int value);

    static abstract TSelf Load(ref readonly int source, int index);

    void Store(ref int destination, int index);

    /// <summary>Loads <c>Count</c> signed bytes, widened.</summary>
    static abstract TSelf LoadSByte(ref readonly sbyte source, int index);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator <<(TSelf value, int bits);

    /// <summary>Arithmetic shift: floor(value / 2^bits).</summary>
    static abstract TSelf operator >>(TSelf value, int bits);

    /// <summary>Rounds to the nearest float, ties to even.</summary>
    TFloat ToFloat();

    /// <summary>Stores the low byte of each lane.</summary>
    void StoreByte(ref byte destination, int index);

    /// <summary>Stores the low 16 bits of each lane.</summary>
    void StoreInt16(ref short destination, int index);

    /// <summary>The sum of the lanes, in 64 bits.</summary>
    long SumAcross();
}
