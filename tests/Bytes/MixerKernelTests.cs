using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class MixerKernelTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(64)]
    public void The_vector_paths_equal_the_scalar_one(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 200; round++)
        {
            var inputs = Draw(random, length, Logistic.Limit);
            var weights = Draw(random, length, MixerKernel.WeightLimit);
            var error = random.Next(-MixerKernel.ErrorLimit, MixerKernel.ErrorLimit + 1);
            int[] other = [.. weights];
            int[] narrow = [.. weights];

            MixerKernel.TrainScalar(inputs, weights, error);
            MixerKernel.TrainVector(inputs, other, error);
            MixerKernel.TrainVector128(inputs, narrow, error);
            Assert.Equal(weights, other);
            Assert.Equal(weights, narrow);
        }
    }

    [Fact]
    public void Four_sets_at_once_give_what_each_gives_alone()
    {
        var random = new Random(4);
        var weights = Draw(random, 40 * 9, MixerKernel.WeightLimit);
        var sums = new int[MixerKernel.Lane];
        for (var round = 0; round < 200; round++)
        {
            var inputs = Draw(random, 40, Logistic.Limit);
            int[] starts = [.. Enumerable.Range(0, MixerKernel.Sets).Select(_ => 40 * random.Next(9))];
            int[] expected = [.. starts.Select(start => MixerKernel.Dot(inputs, weights.AsSpan(start, 40)))];

            MixerKernel.DotAll(inputs, weights, starts, sums);
            Assert.Equal(expected, sums[..MixerKernel.Sets]);
            MixerKernel.DotAllVector(inputs, weights, starts, sums);
            Assert.Equal(expected, sums[..MixerKernel.Sets]);
            MixerKernel.DotAllVector128(inputs, weights, starts, sums);
            Assert.Equal(expected, sums[..MixerKernel.Sets]);
        }
    }

    [Fact]
    public void The_weighted_sum_of_extremes_does_not_overflow()
    {
        int[] inputs = [.. Enumerable.Repeat(Logistic.Limit, 64)];
        int[] weights = [.. Enumerable.Repeat(MixerKernel.WeightLimit, 64)];
        var exact = 64L * Logistic.Limit * MixerKernel.WeightLimit / MixerKernel.WeightOne;

        Assert.InRange(MixerKernel.Dot(inputs, weights), exact - 64, exact);
    }

    private static int[] Draw(Random random, int length, int limit) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(8) == 0 ? limit * ((2 * random.Next(2)) - 1) : random.Next(-limit, limit + 1))];
}
