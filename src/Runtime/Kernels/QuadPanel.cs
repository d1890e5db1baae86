using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static NacrithOnnx.Runtime.Kernels.RowCounts;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Products of few rows of unsigned bytes with a panel of a <see cref="QuadMatrix"/>, in int32: four rows at a time, with
/// all sums in registers. Each pass over a panel fetches a part of the next one; with a single pass, two lines of three.
/// </summary>
/// <remarks>No sum overflows: 4,096 inputs · 255 · 127 &lt; 2^28.</remarks>
internal static unsafe class QuadPanel
{
    private const int Side = QuadMatrix.Side;

    /// <summary>Sums in a vector.</summary>
    private const int Count = 8;

    /// <summary>Bytes of the weights of one quad of inputs.</summary>
    private const int QuadLength = Side * QuadMatrix.Quad;

    /// <summary>Rows whose sums fit in registers.</summary>
    private const int RowBlock = 4;

    /// <summary>Passes that share the fetching of the next panel; others find it fetched.</summary>
    private const int MaxShares = 3;

    /// <summary>Whether the processor has the instruction; without it, this is correct and slow.</summary>
    public static bool IsFast => AvxVnni.IsSupported;

    /// <summary>sums = A · panel − offsets.</summary>
    /// <param name="a">Rows of unsigned bytes, <see cref="QuadMatrix.Inputs"/> apart.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="weights">The matrix.</param>
    /// <param name="panel">Number of the panel.</param>
    /// <param name="sums">Receives 24 sums of each row.</param>
    /// <param name="stride">Sums from row to row.</param>
    public static void Multiply(byte* a, int rows, in QuadMatrix weights, int panel, int* sums, int stride)
    {
        var passes = (rows + RowBlock - 1) / RowBlock;
        var pass = new Pass
        {
            Panel = weights.Panel(panel),
            Offsets = weights.Offsets + (panel * Side),
            Inputs = weights.Inputs,
            Ahead = weights.Panel(panel + 1),
            AheadStep = Math.Max(QuadLength / passes, QuadLength / MaxShares),
        };
        var share = pass.AheadStep * weights.Inputs / QuadMatrix.Quad;
        for (; rows >= RowBlock; rows -= RowBlock)
        {
            Rows<Four>(a, in pass, sums, stride);
            a += RowBlock * (nint)weights.Inputs;
            sums += RowBlock * (nint)stride;
            pass.Ahead += share;
        }

        switch (rows)
        {
            case 3:
                Rows<Three>(a, in pass, sums, stride);
                break;
            case 2:
                Rows<Two>(a, in pass, sums, stride);
                break;
            case 1:
                Rows<One>(a, in pass, sums, stride);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TRows>(byte* a, in Pass pass, int* sums, nint stride)
        where TRows : struct, IRowCount
    {
        Vector256<int> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<int> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        nint inputs = pass.Inputs;
        var b = pass.Panel;
        var ahead = pass.Ahead;
        nint aheadStep = pass.AheadStep;
        var row2 = a + (2 * inputs);
        for (var end = a + inputs; a < end; a += QuadMatrix.Quad, row2 += QuadMatrix.Quad, b += QuadLength)
        {
            CacheLine.Prefetch(ref *ahead);
            ahead += aheadStep;
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + (4 * Count));
            var b2 = Vector256.Load(b + (8 * Count));
            var q = Vector256.Create(*(int*)a).AsByte();
            c00 = Dot(c00, q, b0);
            c01 = Dot(c01, q, b1);
            c02 = Dot(c02, q, b2);
            if (TRows.Value > 1)
            {
                q = Vector256.Create(*(int*)(a + inputs)).AsByte();
                c10 = Dot(c10, q, b0);
                c11 = Dot(c11, q, b1);
                c12 = Dot(c12, q, b2);
            }

            if (TRows.Value > 2)
            {
                q = Vector256.Create(*(int*)row2).AsByte();
                c20 = Dot(c20, q, b0);
                c21 = Dot(c21, q, b1);
                c22 = Dot(c22, q, b2);
            }

            if (TRows.Value > 3)
            {
                q = Vector256.Create(*(int*)(row2 + inputs)).AsByte();
                c30 = Dot(c30, q, b0);
                c31 = Dot(c31, q, b1);
                c32 = Dot(c32, q, b2);
            }
        }

        Store(c00, c01, c02, pass.Offsets, sums);
        if (TRows.Value > 1)
        {
            Store(c10, c11, c12, pass.Offsets, sums + stride);
        }

        if (TRows.Value > 2)
        {
            Store(c20, c21, c22, pass.Offsets, sums + (2 * stride));
        }

        if (TRows.Value > 3)
        {
            Store(c30, c31, c32, pass.Offsets, sums + (3 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dot(Vector256<int> sums, Vector256<byte> a, Vector256<sbyte> b) =>
        AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sums, a, b) : PlainDot(sums, a, b);

    /// <summary>What the instruction computes: in each lane, the products of four bytes of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<int> PlainDot(Vector256<int> sums, Vector256<byte> a, Vector256<sbyte> b)
    {
        const int ByteBits = 8;
        const int TopByte = 24;
        for (var bits = 0; bits <= TopByte; bits += ByteBits)
        {
            var left = (a.AsInt32() >>> bits) & Vector256.Create((int)byte.MaxValue);
            var right = (b.AsInt32() << (TopByte - bits)) >> TopByte;
            sums += left * right;
        }

        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> c0, Vector256<int> c1, Vector256<int> c2, int* offsets, int* sums)
    {
        (c0 - Vector256.Load(offsets)).Store(sums);
        (c1 - Vector256.Load(offsets + Count)).Store(sums + Count);
        (c2 - Vector256.Load(offsets + (2 * Count))).Store(sums + (2 * Count));
    }

    private struct Pass
    {
        public sbyte* Panel;
        public int* Offsets;
        public int Inputs;

        /// <summary>The part of the next panel that this pass fetches.</summary>
        public sbyte* Ahead;

        /// <summary>Bytes of it for each quad.</summary>
        public int AheadStep;
    }
}
