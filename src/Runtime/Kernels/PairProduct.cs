using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Products of rows of 64 int16 with a tile, in int32.</summary>
internal static class PairProduct<TPairs>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>
    /// 4 rows × 2 vectors: 8 accumulators, 2 tile vectors and a broadcast fit in AVX2's 16 registers.
    /// </summary>
    public const int RowBlock = 4;

    /// <summary>Bytes of a tile in the cache.</summary>
    private const int TileBytes = PairTile.Side * PairTile.Side;

    /// <summary>C = A · tile.</summary>
    /// <inheritdoc cref="Run"/>
    public static unsafe void Multiply(ReadOnlySpan<short> a, int stride, int rows, ReadOnlySpan<short> tile, Span<int> c, sbyte* ahead) =>
        Run(a, stride, rows, tile, c, ahead, adds: false);

    /// <summary>C += A · tile.</summary>
    /// <inheritdoc cref="Run"/>
    public static unsafe void Add(ReadOnlySpan<short> a, int stride, int rows, ReadOnlySpan<short> tile, Span<int> c, sbyte* ahead) =>
        Run(a, stride, rows, tile, c, ahead, adds: true);

    /// <param name="a">int16 rows; read as pairs.</param>
    /// <param name="stride">int16 elements from row to row of <paramref name="a"/>.</param>
    /// <param name="rows">Number of rows, a multiple of <see cref="RowBlock"/>.</param>
    /// <param name="tile">See <see cref="PairTile"/>.</param>
    /// <param name="c">Sums [rows, 64].</param>
    /// <param name="ahead">
    /// The tile of the cache that is needed next, or null. It comes from memory as slowly as a product is computed, so each block
    /// of rows fetches a part of it.
    /// </param>
    /// <param name="adds">Whether there are sums already.</param>
    private static unsafe void Run(
        ReadOnlySpan<short> a, int stride, int rows, ReadOnlySpan<short> tile, Span<int> c, sbyte* ahead, bool adds)
    {
        ref var tileStart = ref MemoryMarshal.GetReference(tile[..PairTile.Length]);
        for (var row = 0; row < rows; row += RowBlock)
        {
            if (ahead != null)
            {
                CacheLine.Prefetch(new ReadOnlySpan<sbyte>(ahead + (row * TileBytes / rows), RowBlock * TileBytes / rows));
            }

            var words = MemoryMarshal.Cast<short, int>(a.Slice(row * stride, (3 * stride) + PairTile.Side));
            FourRows(words, stride / 2, ref tileStart, c.Slice(row * PairTile.Side, RowBlock * PairTile.Side), adds);
        }
    }

    private static void FourRows(ReadOnlySpan<int> a, int stride, ref short tile, Span<int> c, bool adds)
    {
        ref var row0 = ref MemoryMarshal.GetReference(a);
        ref var row1 = ref Unsafe.Add(ref row0, stride);
        ref var row2 = ref Unsafe.Add(ref row1, stride);
        ref var row3 = ref Unsafe.Add(ref row2, stride);
        ref var sums = ref MemoryMarshal.GetReference(c);
        for (var column = 0; column < PairTile.Side; column += 2 * TPairs.Count)
        {
            var next = column + TPairs.Count;
            var c00 = adds ? TPairs.Load(in sums, column) : default;
            var c01 = adds ? TPairs.Load(in sums, next) : default;
            var c10 = adds ? TPairs.Load(in sums, PairTile.Side + column) : default;
            var c11 = adds ? TPairs.Load(in sums, PairTile.Side + next) : default;
            var c20 = adds ? TPairs.Load(in sums, (2 * PairTile.Side) + column) : default;
            var c21 = adds ? TPairs.Load(in sums, (2 * PairTile.Side) + next) : default;
            var c30 = adds ? TPairs.Load(in sums, (3 * PairTile.Side) + column) : default;
            var c31 = adds ? TPairs.Load(in sums, (3 * PairTile.Side) + next) : default;
            // Moving references and a native-sized index: the loop is bound by its instruction count.
            ref var pairsOfTile = ref Unsafe.Add(ref tile, 2 * column);
            for (nint pair = 0; pair < PairTile.Pairs; pair++)
            {
                // Each vector is loaded once into a register: as a memory operand of every product it would be loaded
                // four times.
                var t0 = TPairs.LoadPairs(in pairsOfTile, 0);
                var t1 = TPairs.LoadPairs(in pairsOfTile, 2 * TPairs.Count);
                var a0 = TPairs.Broadcast(Unsafe.Add(ref row0, pair));
                c00 = c00.MultiplyAdd(a0, t0);
                c01 = c01.MultiplyAdd(a0, t1);
                var a1 = TPairs.Broadcast(Unsafe.Add(ref row1, pair));
                c10 = c10.MultiplyAdd(a1, t0);
                c11 = c11.MultiplyAdd(a1, t1);
                var a2 = TPairs.Broadcast(Unsafe.Add(ref row2, pair));
                c20 = c20.MultiplyAdd(a2, t0);
                c21 = c21.MultiplyAdd(a2, t1);
                var a3 = TPairs.Broadcast(Unsafe.Add(ref row3, pair));
                c30 = c30.MultiplyAdd(a3, t0);
                c31 = c31.MultiplyAdd(a3, t1);
                pairsOfTile = ref Unsafe.Add(ref pairsOfTile, PairTile.PairLength);
            }

            c00.Store(ref sums, column);
            c01.Store(ref sums, next);
            c10.Store(ref sums, PairTile.Side + column);
            c11.Store(ref sums, PairTile.Side + next);
            c20.Store(ref sums, (2 * PairTile.Side) + column);
            c21.Store(ref sums, (2 * PairTile.Side) + next);
            c30.Store(ref sums, (3 * PairTile.Side) + column);
            c31.Store(ref sums, (3 * PairTile.Side) + next);
        }
    }
}
