using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>4 lanes of int32.</summary>
internal readonly struct Int32x4(Vector128<int> value) : IIntLanes<Int32x4, Float32x4>
{
    private readonly Vector128<int> _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 Create(int value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 Load(ref readonly int source, int index) => new(Vector128.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 LoadSByte(ref readonly sbyte source, int index)
    {
        var bytes = Unsafe.ReadUnaligned<int>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref Unsafe.AsRef(in source), index)));
        return new(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(bytes).AsSByte())));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 operator +(Int32x4 left, Int32x4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 operator -(Int32x4 left, Int32x4 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 operator *(Int32x4 left, Int32x4 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 operator <<(Int32x4 value, int bits) => new(value._value << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x4 operator >>(Int32x4 value, int bits) => new(value._value >> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 ToFloat() => new(Vector128.ConvertToSingle(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreByte(ref byte destination, int index)
    {
        var words = Vector128.Narrow(_value, _value);
        var bytes = Vector128.Narrow(words, words).AsInt32().ToScalar();
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, index), bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(ref short destination, int index) => Vector128.Narrow(_value, _value).GetLower().StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long SumAcross()
    {
        var (low, high) = Vector128.Widen(_value);
        return Vector128.Sum(low + high);
    }
}
