using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>C[rows, 64] += A[rows, 64] · tile, in int32.</summary>
internal static class PairProduct<TPairs>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>4 rows × 2 vectors: 8 accumulators, 2 tile vectors and a broadcast fit AVX2's 16 registers.</summary>
    public const int RowBlock = 4;

    /// <param name="a">int16 rows; read as pairs.</param>
    /// <param name="stride">int16 elements from row to row of <paramref name="a"/>.</param>
    /// <param name="rows">How many rows, a multiple of <see cref="RowBlock"/>.</param>
    /// <param name="pairs">How many pairs of each row (and of the tile) to multiply.</param>
    /// <param name="tile">See <see cref="PairTile"/>.</param>
    /// <param name="c">Sums [rows, 64].</param>
    public static void Accumulate(
        ReadOnlySpan<short> a, int stride, int rows, int pairs, ReadOnlySpan<short> tile, Span<int> c)
    {
        ref var tileStart = ref MemoryMarshal.GetReference(tile[..PairTile.Length]);
        for (var row = 0; row < rows; row += RowBlock)
        {
            var words = MemoryMarshal.Cast<short, int>(a.Slice(row * stride, (3 * stride) + (2 * pairs)));
            FourRows(words, stride / 2, pairs, ref tileStart, c.Slice(row * PairTile.Side, RowBlock * PairTile.Side));
        }
    }

    private static void FourRows(ReadOnlySpan<int> a, int stride, int pairs, ref short tile, Span<int> c)
    {
        ref var row0 = ref MemoryMarshal.GetReference(a);
        ref var row1 = ref Unsafe.Add(ref row0, stride);
        ref var row2 = ref Unsafe.Add(ref row1, stride);
        ref var row3 = ref Unsafe.Add(ref row2, stride);
        ref var sums = ref MemoryMarshal.GetReference(c);
        for (var column = 0; column < PairTile.Side; column += 2 * TPairs.Count)
        {
            var next = column + TPairs.Count;
            var c00 = TPairs.Load(in sums, column);
            var c01 = TPairs.Load(in sums, next);
            var c10 = TPairs.Load(in sums, PairTile.Side + column);
            var c11 = TPairs.Load(in sums, PairTile.Side + next);
            var c20 = TPairs.Load(in sums, (2 * PairTile.Side) + column);
            var c21 = TPairs.Load(in sums, (2 * PairTile.Side) + next);
            var c30 = TPairs.Load(in sums, (3 * PairTile.Side) + column);
            var c31 = TPairs.Load(in sums, (3 * PairTile.Side) + next);
            // References that move and an index of the machine's size: the loop is bound by its instructions.
            ref var pairsOfTile = ref Unsafe.Add(ref tile, 2 * column);
            for (nint pair = 0; pair < pairs; pair++)
            {
                // Each vector is read once and kept: as a memory operand of every product it would be read four times.
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
