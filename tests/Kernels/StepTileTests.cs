using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>The products of a tile as it lies in the cache against plain integers, at every width that the processor has.</summary>
public sealed unsafe class StepTileTests
{
    private const int Side = PairTile.Side;
    private const int Stride = Side + 16;

    [Fact]
    public void Sums_of_random_numbers_are_those_of_plain_integers()
    {
        var random = new Random(1);
        var a = new short[StepTile<Pairs1>.Rows * Stride];
        var tile = new sbyte[Side * Side];
        foreach (ref var value in a.AsSpan())
        {
            value = (short)random.Next(-short.MaxValue, short.MaxValue + 1);
        }

        foreach (ref var value in tile.AsSpan())
        {
            value = (sbyte)random.Next(-sbyte.MaxValue, sbyte.MaxValue + 1);
        }

        Check(a, tile, tiles: 1);
        Check(a, tile, tiles: 3);
    }

    [Theory]
    [InlineData(short.MaxValue, sbyte.MaxValue)]
    [InlineData(short.MaxValue, -sbyte.MaxValue)]
    [InlineData(-short.MaxValue, sbyte.MaxValue)]
    public void Eight_tiles_of_extremes_fit_in_the_sums(short left, sbyte right)
    {
        var a = new short[StepTile<Pairs1>.Rows * Stride];
        var tile = new sbyte[Side * Side];
        a.AsSpan().Fill(left);
        tile.AsSpan().Fill(right);

        Check(a, tile, tiles: 8);
    }

    private static void Check(short[] a, sbyte[] tile, int tiles)
    {
        var expected = new long[StepTile<Pairs1>.SumLength];
        for (var i = 0; i < expected.Length; i++)
        {
            for (var k = 0; k < Side; k++)
            {
                expected[i] += tiles * (a[(i / Side * Stride) + k] * tile[(k * Side) + (i % Side)]);
            }
        }

        Assert.Equal(expected, Run<Pairs1>(a, tile, tiles));
        Assert.Equal(expected, Run<Pairs4>(a, tile, tiles));
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
        {
            Assert.Equal(expected, Run<Pairs8>(a, tile, tiles));
        }

        if (System.Runtime.Intrinsics.X86.Avx512BW.IsSupported)
        {
            Assert.Equal(expected, Run<Pairs16>(a, tile, tiles));
        }
    }

    private static long[] Run<TPairs>(short[] a, sbyte[] tile, int tiles)
        where TPairs : struct, IPairLanes<TPairs>
    {
        var sums = new int[StepTile<TPairs>.SumLength];
        sums.AsSpan().Fill(1);
        fixed (short* rows = a)
        fixed (sbyte* columns = tile)
        fixed (int* target = sums)
        {
            StepTile<TPairs>.Multiply(rows, Stride, columns, target, columns);
            for (var i = 1; i < tiles; i++)
            {
                StepTile<TPairs>.Add(rows, Stride, columns, target, columns);
            }
        }

        return [.. sums.Select(sum => (long)sum)];
    }
}
