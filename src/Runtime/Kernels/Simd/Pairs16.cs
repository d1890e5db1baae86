using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>16 int32 lanes by AVX-512 VPMADDWD.</summary>
internal readonly struct Pairs16(Vector512<int> value) : IPairLanes<Pairs16>
{
    /// <summary>Quarters 0, 2, 1, 3.</summary>
    private const byte MiddleSwapped = 0b11_01_10_00;

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
    public static unsafe Pairs16 Widen(sbyte* source) => Widen(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe (Pairs16 First, Pairs16 Second) Interleave(sbyte* even, sbyte* odd)
    {
        // Interleaving works on halves of 16 columns. Moving the middle quarters first leaves the columns in order.
        var a = Avx2.Permute4x64(Vector256.Load(even).AsInt64(), MiddleSwapped).AsSByte();
        var b = Avx2.Permute4x64(Vector256.Load(odd).AsInt64(), MiddleSwapped).AsSByte();
        return (Widen(Avx2.UnpackLow(a, b)), Widen(Avx2.UnpackHigh(a, b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pairs16 MultiplyAdd(Pairs16 left, Pairs16 right) =>
        new(_value + Avx512BW.MultiplyAddAdjacent(left._value.AsInt16(), right._value.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pairs16 Widen(Vector256<sbyte> pairs) => new(Avx512BW.ConvertToVector512Int16(pairs).AsInt32());
}
