using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Compare;

/// <summary>
/// Speed of the best instruction for products of integers, in registers: twelve independent sums hide its latency.
/// </summary>
internal static class ProductPeak
{
    private const int Rounds = 10_000_000;
    private const int Chains = 12;

    /// <summary>Name of the instruction, and operations per second of all threads together.</summary>
    public static (string Instruction, double OperationsPerSecond) Measure(int threads, int runs)
    {
        if (AvxVnni.IsSupported)
        {
            return ("VPDPBUSD, 256 bits", Speed<DotProducts>(threads, runs, products: 32));
        }

        if (Dp.IsSupported)
        {
            return ("SDOT", Speed<ArmDotProducts>(threads, runs, products: 16));
        }

        if (Avx512BW.IsSupported)
        {
            return ("VPMADDWD, 512 bits", Speed<WidePairs>(threads, runs, products: 32));
        }

        return Avx2.IsSupported
            ? ("VPMADDWD, 256 bits", Speed<Pairs>(threads, runs, products: 16))
            : ("a multiplication of vectors", Speed<Plain>(threads, runs, products: 4));
    }

    private static double Speed<TProduct>(int threads, int runs, int products)
        where TProduct : struct, IProduct<TProduct>
    {
        var sinks = new int[threads];
        var seconds = Roofline.Seconds(threads, runs, i => sinks[i] = Loop<TProduct>());
        return 2.0 * products * Chains * Rounds * threads / seconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Loop<TProduct>()
        where TProduct : struct, IProduct<TProduct>
    {
        TProduct s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        TProduct s6 = default, s7 = default, s8 = default, s9 = default, s10 = default, s11 = default;
        for (var i = 0; i < Rounds; i++)
        {
            s0 = s0.Next();
            s1 = s1.Next();
            s2 = s2.Next();
            s3 = s3.Next();
            s4 = s4.Next();
            s5 = s5.Next();
            s6 = s6.Next();
            s7 = s7.Next();
            s8 = s8.Next();
            s9 = s9.Next();
            s10 = s10.Next();
            s11 = s11.Next();
        }

        return s0.First + s1.First + s2.First + s3.First + s4.First + s5.First
            + s6.First + s7.First + s8.First + s9.First + s10.First + s11.First;
    }

    private interface IProduct<TSelf>
        where TSelf : struct, IProduct<TSelf>
    {
        int First { get; }

        TSelf Next();
    }

    private readonly struct DotProducts(Vector256<int> sums) : IProduct<DotProducts>
    {
        private readonly Vector256<int> _sums = sums;

        public int First => _sums[0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public DotProducts Next() =>
            new(AvxVnni.MultiplyWideningAndAdd(_sums, Vector256.Create((byte)3), Vector256.Create((sbyte)5)));
    }

    private readonly struct ArmDotProducts(Vector128<int> sums) : IProduct<ArmDotProducts>
    {
        private readonly Vector128<int> _sums = sums;

        public int First => _sums[0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ArmDotProducts Next() =>
            new(Dp.DotProduct(_sums, Vector128.Create((sbyte)3), Vector128.Create((sbyte)5)));
    }

    private readonly struct WidePairs(Vector512<int> sums) : IProduct<WidePairs>
    {
        private readonly Vector512<int> _sums = sums;

        public int First => _sums[0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public WidePairs Next() =>
            new(_sums + Avx512BW.MultiplyAddAdjacent(_sums.AsInt16(), Vector512.Create((short)5)));
    }

    private readonly struct Pairs(Vector256<int> sums) : IProduct<Pairs>
    {
        private readonly Vector256<int> _sums = sums;

        public int First => _sums[0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pairs Next() => new(_sums + Avx2.MultiplyAddAdjacent(_sums.AsInt16(), Vector256.Create((short)5)));
    }

    private readonly struct Plain(Vector128<int> sums) : IProduct<Plain>
    {
        private readonly Vector128<int> _sums = sums;

        public int First => _sums[0];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Plain Next() => new(_sums + (_sums * Vector128.Create(5)));
    }
}
