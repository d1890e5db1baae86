using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>One int32 lane: the scalar twin.</summary>
internal readonly struct Pairs1(int value) : IPairLanes<Pairs1>
{
    private readonly int _value = value;

    public static int Count => 1;

    public static Pairs1 Load(ref readonly int source, int index) => new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public void Store(ref int destination, int index) => Unsafe.Add(ref destination, index) = _value;

    public Pairs1 MultiplyAdd(int left, ref readonly short right, int index)
    {
        ref var pair = ref Unsafe.Add(ref Unsafe.AsRef(in right), index);
        return new(_value + ((short)left * pair) + ((left >> 16) * Unsafe.Add(ref pair, 1)));
    }
}
