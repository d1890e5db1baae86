using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>16 lanes of int32.</summary>
internal readonly struct Int32x16(Vector512<int> value) : IIntLanes<Int32x16, Float32x16>
{
    private readonly Vector512<int> _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 Create(int value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 Load(ref readonly int source, int index) => new(Vector512.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 LoadSByte(ref readonly sbyte source, int index)
    {
        var bytes = Vector128.LoadUnsafe(in source, (nuint)index);
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.ConvertToVector512Int32(bytes));
        }

        var (low, high) = Vector128.Widen(bytes);
        var (a, b) = Vector128.Widen(low);
        var (c, d) = Vector128.Widen(high);
        return new(Vector512.Create(Vector256.Create(a, b), Vector256.Create(c, d)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 operator +(Int32x16 left, Int32x16 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 operator -(Int32x16 left, Int32x16 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 operator *(Int32x16 left, Int32x16 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 operator <<(Int32x16 value, int bits) => new(value._value << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32x16 operator >>(Int32x16 value, int bits) => new(value._value >> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 ToFloat() => new(Vector512.ConvertToSingle(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreByte(ref byte destination, int index)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector128Byte(_value).StoreUnsafe(ref destination, (nuint)index);
            return;
        }

        var words = Vector256.Narrow(_value.GetLower(), _value.GetUpper());
        Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().StoreUnsafe(ref destination, (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt16(ref short destination, int index)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector256Int16(_value).StoreUnsafe(ref destination, (nuint)index);
            return;
        }

        Vector256.Narrow(_value.GetLower(), _value.GetUpper()).StoreUnsafe(ref destination, (nuint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long SumAcross()
    {
        var (low, high) = Vector512.Widen(_value);
        return Vector512.Sum(low + high);
    }
}
