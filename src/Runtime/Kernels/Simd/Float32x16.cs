using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>16 lanes of float32.</summary>
internal readonly struct Float32x16(Vector512<float> value) : IFloatLanes<Float32x16, Int32x16>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Load(ref readonly float source, int index) =>
        new(Vector512.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator +(Float32x16 left, Float32x16 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator -(Float32x16 left, Float32x16 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator *(Float32x16 left, Float32x16 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator /(Float32x16 left, Float32x16 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Max(Float32x16 left, Float32x16 right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 Abs() => new(Vector512.Abs(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 Round() => new(Vector512.Round(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 Floor() => new(Vector512.Floor(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 PowerOfTwo() =>
        new(((Vector512.ConvertToInt32Native(_value) + Vector512.Create(FloatBits.ExponentBias)) << FloatBits.MantissaBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 SelectNonNegative(Float32x16 whenTrue, Float32x16 whenFalse) =>
        new(Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(_value, Vector512<float>.Zero), whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16 KeepFirst(int count, Float32x16 other) =>
        new(Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int32x16 ToInt32() => new(Vector512.ConvertToInt32Native(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float MaxAcross()
    {
        var half = new Float32x8(Vector256.MaxNative(_value.GetLower(), _value.GetUpper()));
        return half.MaxAcross();
    }
}
