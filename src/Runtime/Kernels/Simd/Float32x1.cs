using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>One lane of float32: the scalar twin of every kernel.</summary>
internal readonly struct Float32x1(float value) : IFloatLanes<Float32x1, Int32x1>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static Float32x1 Create(float value) => new(value);

    public static Float32x1 Load(ref readonly float source, int index) =>
        new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public void Store(ref float destination, int index) => Unsafe.Add(ref destination, index) = _value;

    public static Float32x1 operator +(Float32x1 left, Float32x1 right) => new(left._value + right._value);

    public static Float32x1 operator -(Float32x1 left, Float32x1 right) => new(left._value - right._value);

    public static Float32x1 operator *(Float32x1 left, Float32x1 right) => new(left._value * right._value);

    public static Float32x1 operator /(Float32x1 left, Float32x1 right) => new(left._value / right._value);

    public static Float32x1 Max(Float32x1 left, Float32x1 right) => left._value > right._value ? left : right;

    public Float32x1 Abs() => new(MathF.Abs(_value));

    public Float32x1 Round() => new(MathF.Round(_value));

    public Float32x1 Floor() => new(MathF.Floor(_value));

    public Float32x1 PowerOfTwo() =>
        new(BitConverter.Int32BitsToSingle(((int)_value + FloatBits.ExponentBias) << FloatBits.MantissaBits));

    public Float32x1 SelectNonNegative(Float32x1 whenTrue, Float32x1 whenFalse) => _value >= 0 ? whenTrue : whenFalse;

    public Float32x1 KeepFirst(int count, Float32x1 other) => count > 0 ? this : other;

    public Int32x1 ToInt32() => new((int)_value);

    public float MaxAcross() => _value;
}
