using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class AdaptiveMapTests
{
    [Theory]
    [InlineData(0, 255u)]
    [InlineData(1, 255u)]
    [InlineData(0, 1023u)]
    [InlineData(1, 1023u)]
    public void The_vector_paths_equal_the_scalar_one(int bit, uint limit)
    {
        var random = new Random(bit);
        for (var round = 0; round < 500; round++)
        {
            uint[] cells = [.. Enumerable.Range(0, 16).Select(_ => Draw(random, limit))];
            int[] steps = [.. cells.Select(cell => AdaptiveMap.Steps[(int)(cell & AdaptiveMap.CountMask)])];
            uint[] other = [.. cells];
            uint[] narrow = [.. cells];

            AdaptiveMap.UpdateScalar(cells, bit, limit);
            AdaptiveMap.UpdateVector(other, steps, bit, limit);
            AdaptiveMap.UpdateVector128(narrow, steps, bit, limit);

            Assert.Equal(cells, other);
            Assert.Equal(cells, narrow);
        }
    }

    [Fact]
    public void A_cell_that_only_sees_ones_nears_one_and_does_not_pass_it()
    {
        var cell = AdaptiveMap.Initial(Logistic.One / 2);
        var before = cell;
        for (var i = 0; i < 5000; i++)
        {
            AdaptiveMap.Update(ref cell, bit: 1, limit: 255);
            Assert.True(cell >> AdaptiveMap.StretchShift >= before >> AdaptiveMap.StretchShift);
            before = cell;
        }

        Assert.Equal((1u << Logistic.StretchBits) - 1, cell >> AdaptiveMap.StretchShift);
    }

    /// <summary>Any probability, about half of them at the ends, with a count up to the limit.</summary>
    private static uint Draw(Random random, uint limit)
    {
        uint probability = random.Next(4) switch
        {
            0 => 0,
            1 => (1u << 22) - 1,
            _ => (uint)random.Next(1 << 22),
        };
        return (probability << 10) | (uint)random.Next((int)limit + 1);
    }
}
