using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>One lane of int32.</summary>
internal readonly struct Int32x1(int value) : IIntLanes<Int32x1, Float32x1>
{
    private readonly int _value = value;

    public static Int32x1 Create(int value) => new(value);

    public static Int32x1 Load(ref readonly int source, int index) => new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public void Store(ref int destination, int index) => Unsafe.Add(ref destination, index) = _value;

    public static Int32x1 LoadSByte(ref readonly sbyte source, int index) =>
        new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public static Int32x1 operator +(Int32x1 left, Int32x1 right) => new(left._value + right._value);

    public static Int32x1 operator -(Int32x1 left, Int32x1 right) => new(left._value - right._value);

    public static Int32x1 operator *(Int32x1 left, Int32x1 right) => new(left._value * right._value);

    public static Int32x1 operator <<(Int32x1 value, int bits) => new(value._value << bits);

    public static Int32x1 operator >>(Int32x1 value, int bits) => new(value._value >> bits);

    public Float32x1 ToFloat() => new(_value);

    public void StoreByte(ref byte destination, int index) => Unsafe.Add(ref destination, index) = (byte)_value;

    public void StoreInt16(ref short destination, int index) => Unsafe.Add(ref destination, index) = (short)_value;

    public long SumAcross() => _value;
}
