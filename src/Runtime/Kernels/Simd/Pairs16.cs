using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>16 int32 lanes by AVX-512 VPMADDWD.</summary>
internal readonly struct Pairs16(Vector512<int> value) : IPairLanes<Pairs16>
{
    private readonly Vector512<int> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs16 Load(ref readonly int source, int index) => new(Vector512.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs16 Broadcast(int pair) => new(Vector512.Create(pair));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs16 LoadPairs(ref readonly short source, int index) =>
        new(Vector512.LoadUnsafe(in source, (nuint)index).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pairs16 Widen(sbyte* source) =>
        new(Avx512BW.ConvertToVector512Int16(Vector256.Load(source)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pairs16 MultiplyAdd(Pairs16 left, Pairs16 right) =>
        new(_value + Avx512BW.MultiplyAddAdjacent(left._value.AsInt16(), right._value.AsInt16()));
}
