using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>8 lanes of int32.</summary>
internal readonly struct Int32x8(Vector256<int> value) : IIntLanes<Int32x8, Float32x8>
{
    private readonly Vector256<int> _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 Create(int value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 Load(ref readonly int source, int index) => new(Vector256.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 LoadSByte(ref readonly sbyte source, int index)
    {
        var bytes = Vector64.LoadUnsafe(in source, (nuint)index).ToVector128Unsafe();
        if (Avx2.IsSupported)
        {
            return new(Avx2.ConvertToVector256Int32(bytes));
        }

        var (low, high) = Vector128.Widen(Vector128.WidenLower(bytes));
        return new(Vector256.Create(low, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 operator +(Int32x8 left, Int32x8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 operator -(Int32x8 left, Int32x8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 operator *(Int32x8 left, Int32x8 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 operator <<(Int32x8 value, int bits) => new(value._value << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x8 operator >>(Int32x8 value, int bits) => new(value._value >> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 ToFloat() => new(Vector256.ConvertToSingle(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreByte(ref byte destination, int index)
    {
        var words = Vector128.Narrow(_value.GetLower(), _value.GetUpper());
        Vector128.Narrow(words, words).GetLower().AsByte().StoreUnsafe(ref destination, (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(ref short destination, int index) => Vector128.Narrow(_value.GetLower(), _value.GetUpper()).StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long SumAcross()
    {
        var (low, high) = Vector256.Widen(_value);
        return Vector256.Sum(low + high);
    }
}
