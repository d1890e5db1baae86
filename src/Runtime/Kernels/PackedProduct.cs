using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels.Simd;
using static NacrithOnnx.Runtime.Kernels.RowCounts;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Products of int16 rows with a panel of a <see cref="PackedMatrix"/>, in int32: up to six rows at a time, with all sums in
/// registers. Each pass over a panel fetches a part of the next one.
/// </summary>
internal static unsafe class PackedProduct<TPairs>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>6 rows × 2 vectors: 12 accumulators, 2 vectors of weights and a broadcast fit in AVX2's 16 registers.</summary>
    private const int RowBlock = 6;

    private const int Side = PackedMatrix.Side;

    /// <summary>Columns of a pass.</summary>
    private static int Width => 2 * TPairs.Count;

    /// <summary>sums = A · panel.</summary>
    /// <param name="a">int16 rows; read as pairs.</param>
    /// <param name="stride">int16 elements from row to row of <paramref name="a"/>, even.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="panel">Number of the panel.</param>
    /// <param name="sums">Receives 32 sums of each row.</param>
    /// <param name="sumStride">Sums from row to row.</param>
    public static void Multiply(short* a, nint stride, int rows, in PackedMatrix weights, int panel, int* sums, nint sumStride)
    {
        var passes = (rows + RowBlock - 1) / RowBlock * (Side / Width);
        var pass = new Pass
        {
            Panel = weights.Panel(panel),
            Pairs = weights.Pairs,
            Ahead = weights.Panel(panel + 1),
            AheadStep = PackedMatrix.PairLength / passes,
        };
        for (; rows > 0; rows -= RowBlock)
        {
            var block = Math.Min(rows, RowBlock);
            for (var column = 0; column < Side; column += Width)
            {
                Rows((int*)a, stride / 2, block, in pass, column, sums + column, sumStride);
                pass.Ahead += (nint)pass.AheadStep * pass.Pairs;
            }

            a += RowBlock * stride;
            sums += RowBlock * sumStride;
        }
    }

    private static void Rows(int* a, nint stride, int rows, in Pass pass, int column, int* sums, nint sumStride)
    {
        switch (rows)
        {
            case 1:
                Rows<One>(a, stride, in pass, column, sums, sumStride);
                break;
            case 2:
                Rows<Two>(a, stride, in pass, column, sums, sumStride);
                break;
            case 3:
                Rows<Three>(a, stride, in pass, column, sums, sumStride);
                break;
            case 4:
                Rows<Four>(a, stride, in pass, column, sums, sumStride);
                break;
            case 5:
                Rows<Five>(a, stride, in pass, column, sums, sumStride);
                break;
            default:
                Rows<Six>(a, stride, in pass, column, sums, sumStride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TRows>(int* a, nint stride, in Pass pass, int column, int* sums, nint sumStride)
        where TRows : struct, IRowCount
    {
        TPairs c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TPairs c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        var weights = pass.Panel + (2 * column);
        var ahead = pass.Ahead;
        nint aheadStep = pass.AheadStep;
        var row3 = a + (3 * stride);
        for (var end = a + pass.Pairs; a < end; a++, row3++, weights += PackedMatrix.PairLength)
        {
            CacheLine.Prefetch(ref *ahead);
            ahead += aheadStep;
            var w0 = TPairs.Widen(weights);
            var w1 = TPairs.Widen(weights + Width);
            var pair = TPairs.Broadcast(*a);
            c00 = c00.MultiplyAdd(pair, w0);
            c01 = c01.MultiplyAdd(pair, w1);
            if (TRows.Value > 1)
            {
                pair = TPairs.Broadcast(a[stride]);
                c10 = c10.MultiplyAdd(pair, w0);
                c11 = c11.MultiplyAdd(pair, w1);
            }

            if (TRows.Value > 2)
            {
                pair = TPairs.Broadcast(a[2 * stride]);
                c20 = c20.MultiplyAdd(pair, w0);
                c21 = c21.MultiplyAdd(pair, w1);
            }

            if (TRows.Value > 3)
            {
                pair = TPairs.Broadcast(*row3);
                c30 = c30.MultiplyAdd(pair, w0);
                c31 = c31.MultiplyAdd(pair, w1);
            }

            if (TRows.Value > 4)
            {
                pair = TPairs.Broadcast(row3[stride]);
                c40 = c40.MultiplyAdd(pair, w0);
                c41 = c41.MultiplyAdd(pair, w1);
            }

            if (TRows.Value > 5)
            {
                pair = TPairs.Broadcast(row3[2 * stride]);
                c50 = c50.MultiplyAdd(pair, w0);
                c51 = c51.MultiplyAdd(pair, w1);
            }
        }

        Store(c00, c01, sums);
        if (TRows.Value > 1)
        {
            Store(c10, c11, sums + sumStride);
        }

        if (TRows.Value > 2)
        {
            Store(c20, c21, sums + (2 * sumStride));
        }

        if (TRows.Value > 3)
        {
            Store(c30, c31, sums + (3 * sumStride));
        }

        if (TRows.Value > 4)
        {
            Store(c40, c41, sums + (4 * sumStride));
        }

        if (TRows.Value > 5)
        {
            Store(c50, c51, sums + (5 * sumStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TPairs c0, TPairs c1, int* sums)
    {
        c0.Store(ref *sums, 0);
        c1.Store(ref *sums, TPairs.Count);
    }

    private struct Pass
    {
        public sbyte* Panel;
        public int Pairs;

        /// <summary>The part of the next panel that this pass fetches.</summary>
        public sbyte* Ahead;

        /// <summary>Bytes of it for each pair.</summary>
        public int AheadStep;
    }
}
