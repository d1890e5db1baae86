using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>4 int32 lanes: SSE2 PMADDWD, AdvSIMD SMULL and ADDP, or two widening multiplies.</summary>
internal readonly struct Pairs4(Vector128<int> value) : IPairLanes<Pairs4>
{
    private readonly Vector128<int> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs4 Load(ref readonly int source, int index) => new(Vector128.LoadUnsafe(in source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int destination, int index) => _value.StoreUnsafe(ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs4 Broadcast(int pair) => new(Vector128.Create(pair));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pairs4 LoadPairs(ref readonly short source, int index) =>
        new(Vector128.LoadUnsafe(in source, (nuint)index).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Pairs4 Widen(sbyte* source) =>
        new(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)source).AsSByte()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe (Pairs4 First, Pairs4 Second) Interleave(sbyte* even, sbyte* odd)
    {
        // The even row fills the low half of each int32, the odd row the high half.
        var a = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)even).AsSByte());
        var b = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)odd).AsSByte());
        var (lowA, highA) = Vector128.Widen(a);
        var (lowB, highB) = Vector128.Widen(b);
        var mask = Vector128.Create((int)ushort.MaxValue);
        return (new((lowA & mask) | (lowB << 16)), new((highA & mask) | (highB << 16)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pairs4 MultiplyAdd(Pairs4 left, Pairs4 right)
    {
        var a = left._value.AsInt16();
        var b = right._value.AsInt16();
        if (Sse2.IsSupported)
        {
            return new(_value + Sse2.MultiplyAddAdjacent(a, b));
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var products = AdvSimd.MultiplyWideningLower(a.GetLower(), b.GetLower());
            return new(_value + AdvSimd.Arm64.AddPairwise(products, AdvSimd.MultiplyWideningUpper(a, b)));
        }

        // Each int32 holds a pair: its low half sign-extended by shifts, its high half by one.
        var low = ((a.AsInt32() << 16) >> 16) * ((b.AsInt32() << 16) >> 16);
        return new(_value + low + ((a.AsInt32() >> 16) * (b.AsInt32() >> 16)));
    }
}
