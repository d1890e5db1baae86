using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>8 int32 lanes by AVX2 VPMADDWD.</summary>
internal readonly struct Pairs8(Vector256<int> value) : IPairLanes<Pairs8>
{
    private readonly Vector256<int> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs8 Load(ref readonly int source, int index) => new(Vector256.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs8 Broadcast(int pair) => new(Vector256.Create(pair));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs8 LoadPairs(ref readonly short source, int index) =>
        new(Vector256.LoadUnsafe(in source, (nuint)index).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pairs8 Widen(sbyte* source) => new(Avx2.ConvertToVector256Int16(source).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe (Pairs8 First, Pairs8 Second) Interleave(sbyte* even, sbyte* odd)
    {
        var a = Vector128.Load(even);
        var b = Vector128.Load(odd);
        return (Widen(Sse2.UnpackLow(a, b)), Widen(Sse2.UnpackHigh(a, b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pairs8 MultiplyAdd(Pairs8 left, Pairs8 right) =>
        new(_value + Avx2.MultiplyAddAdjacent(left._value.AsInt16(), right._value.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pairs8 Widen(Vector128<sbyte> pairs) => new(Avx2.ConvertToVector256Int16(pairs).AsInt32());
}
