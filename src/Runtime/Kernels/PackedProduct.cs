using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>C[rows, 64] += A[rows, 2·pairs] · block of a <see cref="PackedMatrix"/>, in int32.</summary>
internal static unsafe class PackedProduct<TPairs>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>4 rows × 2 vectors: 8 accumulators, 2 vectors of weights and a broadcast fit AVX2's 16 registers.</summary>
    public const int RowBlock = 4;

    private const int Side = PackedMatrix.Side;

    /// <param name="a">int16 rows; read as pairs.</param>
    /// <param name="stride">int16 elements from row to row of <paramref name="a"/>, even.</param>
    /// <param name="rows">How many rows: 1, or a multiple of <see cref="RowBlock"/>.</param>
    /// <param name="pairs">How many pairs of each row to multiply.</param>
    /// <param name="weights">As many pairs of rows of a block.</param>
    /// <param name="c">Sums [rows, 64].</param>
    public static void Accumulate(short* a, int stride, int rows, int pairs, sbyte* weights, Span<int> c)
    {
        if (rows == 1)
        {
            OneRow((int*)a, pairs, weights, c);
            return;
        }

        for (var row = 0; row < rows; row += RowBlock)
        {
            FourRows((int*)(a + ((nint)row * stride)), stride / 2, pairs, weights, c.Slice(row * Side, RowBlock * Side));
        }
    }

    /// <summary>Single steps are bound by reading the weights once nothing is multiplied by rows that are not there.</summary>
    private static void OneRow(int* a, int pairs, sbyte* weights, Span<int> c)
    {
        ref var sums = ref MemoryMarshal.GetReference(c[..Side]);
        for (var column = 0; column < Side; column += 4 * TPairs.Count)
        {
            var c0 = TPairs.Load(in sums, column);
            var c1 = TPairs.Load(in sums, column + TPairs.Count);
            var c2 = TPairs.Load(in sums, column + (2 * TPairs.Count));
            var c3 = TPairs.Load(in sums, column + (3 * TPairs.Count));
            var source = weights + (2 * column);
            for (var pair = 0; pair < pairs; pair++)
            {
                var row = TPairs.Broadcast(a[pair]);
                c0 = c0.MultiplyAdd(row, TPairs.Widen(source));
                c1 = c1.MultiplyAdd(row, TPairs.Widen(source + (2 * TPairs.Count)));
                c2 = c2.MultiplyAdd(row, TPairs.Widen(source + (4 * TPairs.Count)));
                c3 = c3.MultiplyAdd(row, TPairs.Widen(source + (6 * TPairs.Count)));
                source += PackedMatrix.PairLength;
            }

            c0.Store(ref sums, column);
            c1.Store(ref sums, column + TPairs.Count);
            c2.Store(ref sums, column + (2 * TPairs.Count));
            c3.Store(ref sums, column + (3 * TPairs.Count));
        }
    }

    private static void FourRows(int* a, nint stride, int pairs, sbyte* weights, Span<int> c)
    {
        ref var sums = ref MemoryMarshal.GetReference(c);
        for (var column = 0; column < Side; column += 2 * TPairs.Count)
        {
            var next = column + TPairs.Count;
            var c00 = TPairs.Load(in sums, column);
            var c01 = TPairs.Load(in sums, next);
            var c10 = TPairs.Load(in sums, Side + column);
            var c11 = TPairs.Load(in sums, Side + next);
            var c20 = TPairs.Load(in sums, (2 * Side) + column);
            var c21 = TPairs.Load(in sums, (2 * Side) + next);
            var c30 = TPairs.Load(in sums, (3 * Side) + column);
            var c31 = TPairs.Load(in sums, (3 * Side) + next);
            var low = weights + (2 * column);
            var high = weights + (2 * next);
            var row0 = a;
            var row2 = a + (2 * stride);
            for (var end = a + pairs; row0 < end; row0++, row2++)
            {
                var t0 = TPairs.Widen(low);
                var t1 = TPairs.Widen(high);
                var a0 = TPairs.Broadcast(*row0);
                c00 = c00.MultiplyAdd(a0, t0);
                c01 = c01.MultiplyAdd(a0, t1);
                var a1 = TPairs.Broadcast(row0[stride]);
                c10 = c10.MultiplyAdd(a1, t0);
                c11 = c11.MultiplyAdd(a1, t1);
                var a2 = TPairs.Broadcast(*row2);
                c20 = c20.MultiplyAdd(a2, t0);
                c21 = c21.MultiplyAdd(a2, t1);
                var a3 = TPairs.Broadcast(row2[stride]);
                c30 = c30.MultiplyAdd(a3, t0);
                c31 = c31.MultiplyAdd(a3, t1);
                low += PackedMatrix.PairLength;
                high += PackedMatrix.PairLength;
            }

            c00.Store(ref sums, column);
            c01.Store(ref sums, next);
            c10.Store(ref sums, Side + column);
            c11.Store(ref sums, Side + next);
            c20.Store(ref sums, (2 * Side) + column);
            c21.Store(ref sums, (2 * Side) + next);
            c30.Store(ref sums, (3 * Side) + column);
            c31.Store(ref sums, (3 * Side) + next);
        }
    }
}
