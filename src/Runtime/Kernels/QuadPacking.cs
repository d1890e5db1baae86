using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Puts weights in the order of a <see cref="QuadMatrix"/>.</summary>
internal static unsafe class QuadPacking
{
    private const int Side = QuadMatrix.Side;
    private const int Quad = QuadMatrix.Quad;

    /// <summary>Outputs that are interleaved at once.</summary>
    private const int Group = 8;

    /// <summary>Packs a few inputs of a panel.</summary>
    /// <param name="source">Their weights [count, outputs].</param>
    /// <param name="first">The first of them, a multiple of 4.</param>
    /// <param name="count">Their number, a multiple of 4.</param>
    /// <param name="packed">Receives the weights.</param>
    /// <param name="panel">Number of the panel.</param>
    public static void Pack(sbyte* source, int first, int count, in QuadMatrix packed, int panel)
    {
        var column = panel * Side;
        var columns = Math.Min(Side, packed.Outputs - column);
        var target = packed.Panel(panel) + (first * Side);
        for (var input = 0; input < count; input += Quad, target += Side * Quad)
        {
            PackQuad(source + ((nint)input * packed.Outputs) + column, packed.Outputs, columns, target);
        }
    }

    /// <summary>Sets the offsets, once all weights are packed.</summary>
    public static void SetOffsets(in QuadMatrix packed, int zeroPoint)
    {
        new Span<int>(packed.Offsets, packed.PaddedOutputs).Clear();
        var ones = new byte[packed.Inputs];
        ones.AsSpan().Fill(1);
        fixed (byte* one = ones)
        {
            for (var panel = 0; panel < packed.Panels; panel++)
            {
                QuadPanel.Multiply(one, 1, in packed, panel, packed.Offsets + (panel * Side), Side);
            }
        }

        foreach (ref var offset in new Span<int>(packed.Offsets, packed.PaddedOutputs))
        {
            offset *= zeroPoint;
        }
    }

    private static void PackQuad(sbyte* rows, nint stride, int columns, sbyte* target)
    {
        var i = 0;
        for (; Sse2.IsSupported && i + Group <= columns; i += Group)
        {
            var low = Sse2.UnpackLow(Row(rows + i), Row(rows + stride + i)).AsInt16();
            var high = Sse2.UnpackLow(Row(rows + (2 * stride) + i), Row(rows + (3 * stride) + i)).AsInt16();
            Sse2.UnpackLow(low, high).AsSByte().Store(target + (Quad * i));
            Sse2.UnpackHigh(low, high).AsSByte().Store(target + (Quad * i) + Vector128<sbyte>.Count);
        }

        for (; i < columns; i++)
        {
            for (var j = 0; j < Quad; j++)
            {
                target[(Quad * i) + j] = rows[(j * stride) + i];
            }
        }

        new Span<sbyte>(target + (Quad * columns), Quad * (Side - columns)).Clear();
    }

    private static Vector128<sbyte> Row(sbyte* weights) => Vector128.CreateScalarUnsafe(*(long*)weights).AsSByte();
}
