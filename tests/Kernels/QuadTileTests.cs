using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>The products of bytes against plain integers. Where the processor lacks VPDPBUSD there is nothing to run.</summary>
public sealed unsafe class QuadTileTests
{
    private const int Side = QuadTile.Side;

    [Theory]
    [InlineData(4, 16)]
    [InlineData(64, 64)]
    [InlineData(192, 208)]
    public void Sums_of_random_bytes_are_those_of_plain_integers(int positions, int stride)
    {
        var random = new Random(positions);
        var a = new byte[QuadTile.Rows * stride];
        var b = new sbyte[positions * Side];
        random.NextBytes(a);
        foreach (ref var value in b.AsSpan())
        {
            value = (sbyte)random.Next(sbyte.MinValue, sbyte.MaxValue + 1);
        }

        Check(a, stride, b, positions);
    }

    [Theory]
    [InlineData(byte.MaxValue, sbyte.MinValue)]
    [InlineData(byte.MaxValue, sbyte.MaxValue)]
    [InlineData(0x80, sbyte.MinValue)]
    [InlineData(0x7F, sbyte.MaxValue)]
    public void Sums_of_extremes_over_the_longest_context_do_not_overflow(byte left, sbyte right)
    {
        var a = new byte[QuadTile.Rows * ExactArithmetic.MaxPositions];
        var b = new sbyte[ExactArithmetic.MaxPositions * Side];
        a.AsSpan().Fill(left);
        b.AsSpan().Fill(right);

        Check(a, ExactArithmetic.MaxPositions, b, ExactArithmetic.MaxPositions);
    }

    private static void Check(byte[] a, int stride, sbyte[] b, int positions)
    {
        if (!QuadTile.IsSupported)
        {
            return;
        }

        Assert.Equal(Plain(positions, (row, i) => a[(row * stride) + i], (i, column) => b[(i * Side) + column]), Run(signed: false));
        Assert.Equal(
            Plain(positions, (row, i) => (sbyte)a[(row * stride) + i], (i, column) => b[(i * Side) + column] + 128),
            Run(signed: true));

        int[] Run(bool signed)
        {
            var sums = new int[QuadTile.SumLength];
            fixed (byte* left = a)
            fixed (sbyte* right = b)
            fixed (int* target = sums)
            {
                if (signed)
                {
                    QuadTile.MultiplySigned((sbyte*)left, stride, right, positions / QuadTile.Quad, target, right);
                }
                else
                {
                    QuadTile.AddUnsigned(left, stride, right, positions / QuadTile.Quad, target, right);
                }

                for (var row = 0; row < QuadTile.Rows; row++)
                {
                    QuadTile.Straighten(target + (row * Side));
                }
            }

            return sums;
        }
    }

    private static int[] Plain(int positions, Func<int, int, int> a, Func<int, int, int> b)
    {
        var sums = new int[QuadTile.SumLength];
        for (var row = 0; row < QuadTile.Rows; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                for (var i = 0; i < positions; i++)
                {
                    sums[(row * Side) + column] += a(row, i) * b(i, column);
                }
            }
        }

        return sums;
    }
}
