using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Products of three int16 rows with a tile of the cache as it lies in memory, in int32. Rows of the tile are interleaved and
/// widened in registers on the way, so a step of decompression reads the cache once and stores no packed copy of it.
/// </summary>
internal static unsafe class StepTile<TPairs>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>With four vectors of columns, 12 accumulators; with a vector of the tile, AVX2's 16 registers.</summary>
    public const int Rows = 3;

    /// <summary>Elements of the sums.</summary>
    public const int SumLength = Rows * Side;

    private const int Side = PairTile.Side;

    /// <summary>C = A · tile.</summary>
    /// <inheritdoc cref="Run"/>
    public static void Multiply(short* a, nint stride, sbyte* tile, int* sums, sbyte* ahead) =>
        Run(a, stride, tile, sums, ahead, adds: false);

    /// <summary>C += A · tile.</summary>
    /// <inheritdoc cref="Run"/>
    public static void Add(short* a, nint stride, sbyte* tile, int* sums, sbyte* ahead) =>
        Run(a, stride, tile, sums, ahead, adds: true);

    /// <param name="a">Three rows of 64 int16, read as pairs.</param>
    /// <param name="stride">int16 elements from row to row of <paramref name="a"/>.</param>
    /// <param name="tile">64 rows of 64 signed bytes, one after the other.</param>
    /// <param name="sums">C [3, 64].</param>
    /// <param name="ahead">The tile that is needed next, which is fetched meanwhile.</param>
    /// <param name="adds">Whether there are sums already.</param>
    private static void Run(short* a, nint stride, sbyte* tile, int* sums, sbyte* ahead, bool adds)
    {
        for (var column = 0; column < Side; column += 4 * TPairs.Count)
        {
            FourVectors((int*)a, stride / 2, tile + column, sums + column, ahead, adds);
            ahead += Side * Side / 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourVectors(int* row0, nint stride, sbyte* tile, int* sums, sbyte* ahead, bool adds)
    {
        TPairs c00 = default, c01 = default, c02 = default, c03 = default, c10 = default, c11 = default;
        TPairs c12 = default, c13 = default, c20 = default, c21 = default, c22 = default, c23 = default;
        if (adds)
        {
            Load(sums, out c00, out c01, out c02, out c03);
            Load(sums + Side, out c10, out c11, out c12, out c13);
            Load(sums + (2 * Side), out c20, out c21, out c22, out c23);
        }

        var row1 = row0 + stride;
        var row2 = row1 + stride;
        for (nint pair = 0; pair < PairTile.Pairs; pair++, tile += 2 * Side, ahead += CacheLine.Size)
        {
            CacheLine.Prefetch(ref *ahead);
            if (TPairs.Count > 8)
            {
                CacheLine.Prefetch(ref *(ahead + (Side * Side / 2)));
            }

            var a0 = TPairs.Broadcast(row0[pair]);
            var a1 = TPairs.Broadcast(row1[pair]);
            var a2 = TPairs.Broadcast(row2[pair]);
            var (t0, t1) = TPairs.Interleave(tile, tile + Side);
            c00 = c00.MultiplyAdd(a0, t0);
            c10 = c10.MultiplyAdd(a1, t0);
            c20 = c20.MultiplyAdd(a2, t0);
            c01 = c01.MultiplyAdd(a0, t1);
            c11 = c11.MultiplyAdd(a1, t1);
            c21 = c21.MultiplyAdd(a2, t1);
            var (t2, t3) = TPairs.Interleave(tile + (2 * TPairs.Count), tile + Side + (2 * TPairs.Count));
            c02 = c02.MultiplyAdd(a0, t2);
            c12 = c12.MultiplyAdd(a1, t2);
            c22 = c22.MultiplyAdd(a2, t2);
            c03 = c03.MultiplyAdd(a0, t3);
            c13 = c13.MultiplyAdd(a1, t3);
            c23 = c23.MultiplyAdd(a2, t3);
        }

        Store(sums, c00, c01, c02, c03);
        Store(sums + Side, c10, c11, c12, c13);
        Store(sums + (2 * Side), c20, c21, c22, c23);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(int* sums, out TPairs c0, out TPairs c1, out TPairs c2, out TPairs c3)
    {
        c0 = TPairs.Load(ref *sums, 0);
        c1 = TPairs.Load(ref *sums, TPairs.Count);
        c2 = TPairs.Load(ref *sums, 2 * TPairs.Count);
        c3 = TPairs.Load(ref *sums, 3 * TPairs.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(int* sums, TPairs c0, TPairs c1, TPairs c2, TPairs c3)
    {
        c0.Store(ref *sums, 0);
        c1.Store(ref *sums, TPairs.Count);
        c2.Store(ref *sums, 2 * TPairs.Count);
        c3.Store(ref *sums, 3 * TPairs.Count);
    }
}
