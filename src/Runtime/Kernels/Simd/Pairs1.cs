using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>One int32 lane: the scalar twin.</summary>
internal readonly struct Pairs1(int value) : IPairLanes<Pairs1>
{
    private readonly int _value = value;

    public static int Count => 1;

    public static Pairs1 Load(ref readonly int source, int index) => new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public void Store(ref int destination, int index) => Unsafe.Add(ref destination, index) = _value;

    public static Pairs1 Broadcast(int pair) => new(pair);

    public static Pairs1 LoadPairs(ref readonly short source, int index)
    {
        ref var pair = ref Unsafe.Add(ref Unsafe.AsRef(in source), index);
        return new((ushort)pair | (Unsafe.Add(ref pair, 1) << 16));
    }

    public static unsafe Pairs1 Widen(sbyte* source) => new((source[0] & 0xFFFF) | (source[1] << 16));

    public static unsafe (Pairs1 First, Pairs1 Second) Interleave(sbyte* even, sbyte* odd) =>
        (new((even[0] & 0xFFFF) | (odd[0] << 16)), new((even[1] & 0xFFFF) | (odd[1] << 16)));

    public Pairs1 MultiplyAdd(Pairs1 left, Pairs1 right) =>
        new(_value + ((short)left._value * (short)right._value) + ((left._value >> 16) * (right._value >> 16)));
}
