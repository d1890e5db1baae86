using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>4 lanes of float32.</summary>
internal readonly struct Float32x4(Vector128<float> value) : IFloatLanes<Float32x4, Int32x4>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Load(ref readonly float source, int index) =>
        new(Vector128.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator +(Float32x4 left, Float32x4 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator -(Float32x4 left, Float32x4 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator *(Float32x4 left, Float32x4 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator /(Float32x4 left, Float32x4 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Max(Float32x4 left, Float32x4 right) => new(Vector128.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 Abs() => new(Vector128.Abs(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 Round() => new(Vector128.Round(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 Floor() => new(Vector128.Floor(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 PowerOfTwo() =>
        new(((Vector128.ConvertToInt32Native(_value) + Vector128.Create(FloatBits.ExponentBias)) << FloatBits.MantissaBits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 SelectNonNegative(Float32x4 whenTrue, Float32x4 whenFalse) =>
        new(Vector128.ConditionalSelect(
            Vector128.GreaterThanOrEqual(_value, Vector128<float>.Zero), whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4 KeepFirst(int count, Float32x4 other) =>
        new(Vector128.ConditionalSelect(
            Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), _value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int32x4 ToInt32() => new(Vector128.ConvertToInt32Native(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float MaxAcross()
    {
        var pairs = Vector128.MaxNative(_value, Vector128.Shuffle(_value, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
