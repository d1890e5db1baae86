using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Puts weights in the order of a <see cref="PackedMatrix"/>.</summary>
internal static unsafe class PairPacking
{
    private const int Side = PackedMatrix.Side;

    /// <summary>Packs a few inputs of a panel.</summary>
    /// <param name="source">Their weights [count, outputs].</param>
    /// <param name="first">The first of them, even.</param>
    /// <param name="count">Their number; odd only at the end of the matrix.</param>
    /// <param name="packed">Receives the weights.</param>
    /// <param name="panel">Number of the panel.</param>
    public static void Pack(sbyte* source, int first, int count, in PackedMatrix packed, int panel)
    {
        var column = panel * Side;
        var columns = Math.Min(Side, packed.Outputs - column);
        var target = packed.Panel(panel) + (first * Side);
        for (var input = 0; input < count; input += 2, target += PackedMatrix.PairLength)
        {
            var even = source + ((nint)input * packed.Outputs) + column;
            PackPair(even, input + 1 < count ? even + packed.Outputs : null, columns, target);
        }
    }

    private static void PackPair(sbyte* even, sbyte* odd, int columns, sbyte* target)
    {
        var i = 0;
        for (; Sse2.IsSupported && odd != null && i <= columns - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            var a = Vector128.Load(even + i);
            var b = Vector128.Load(odd + i);
            Sse2.UnpackLow(a, b).Store(target + (2 * i));
            Sse2.UnpackHigh(a, b).Store(target + (2 * i) + Vector128<sbyte>.Count);
        }

        for (; i < columns; i++)
        {
            target[2 * i] = even[i];
            target[(2 * i) + 1] = odd != null ? odd[i] : (sbyte)0;
        }

        new Span<sbyte>(target + (2 * columns), PackedMatrix.PairLength - (2 * columns)).Clear();
    }
}
