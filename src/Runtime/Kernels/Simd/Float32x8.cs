using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>8 lanes of float32.</summary>
internal readonly struct Float32x8(Vector256<float> value) : IFloatLanes<Float32x8, Int32x8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Load(ref readonly float source, int index) =>
        new(Vector256.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator +(Float32x8 left, Float32x8 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 left, Float32x8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator *(Float32x8 left, Float32x8 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator /(Float32x8 left, Float32x8 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Max(Float32x8 left, Float32x8 right) => new(Vector256.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 Abs() => new(Vector256.Abs(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 Round() => new(Vector256.Round(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 Floor() => new(Vector256.Floor(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 PowerOfTwo() =>
        new(((Vector256.ConvertToInt32Native(_value) + Vector256.Create(FloatBits.ExponentBias)) << FloatBits.MantissaBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 SelectNonNegative(Float32x8 whenTrue, Float32x8 whenFalse) =>
        new(Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(_value, Vector256<float>.Zero), whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8 KeepFirst(int count, Float32x8 other) =>
        new(Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int32x8 ToInt32() => new(Vector256.ConvertToInt32Native(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float MaxAcross()
    {
        var half = new Float32x4(Vector128.MaxNative(_value.GetLower(), _value.GetUpper()));
        return half.MaxAcross();
    }
}
