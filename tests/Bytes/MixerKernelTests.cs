using System.Runtime.Intrinsics;
using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class MixerKernelTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(64)]
    public void Four_sets_trained_at_once_become_what_each_becomes_alone(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 200; round++)
        {
            var inputs = Draw(random, length, Logistic.Limit);
            var weights = Draw(random, length * 9, MixerKernel.WeightLimit);
            int[] starts = [.. Enumerable.Range(0, 9).Select(set => set * length)];
            random.Shuffle(starts);
            starts = starts[..MixerKernel.Sets];
            int[] errors = [.. starts.Select(_ => random.Next(3) == 0 ? 0 : random.Next(-MixerKernel.ErrorLimit, MixerKernel.ErrorLimit + 1))];
            int[] expected = [.. weights];
            int[] dispatched = [.. weights];
            int[] narrow = [.. weights];
            for (var set = 0; set < MixerKernel.Sets; set++)
            {
                MixerKernel.Train(inputs, expected.AsSpan(starts[set], length), errors[set]);
            }

            MixerKernel.TrainAll(inputs, dispatched, starts, errors);
            Assert.Equal(expected, dispatched);
            MixerKernel.TrainAllVector(inputs, weights, starts, errors);
            Assert.Equal(expected, weights);
            MixerKernel.TrainAllVector128(inputs, narrow, starts, errors);
            Assert.Equal(expected, narrow);
        }
    }

    [Fact]
    public void The_last_layer_in_a_vector_equals_a_mixer_of_four_inputs()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var inputs = Draw(random, MixerKernel.Sets, Logistic.Limit);
            var weights = Draw(random, MixerKernel.Sets, MixerKernel.WeightLimit);
            var error = random.Next(-5000, 5000);
            var (x, w) = (Vector128.Create<int>(inputs), Vector128.Create<int>(weights));

            Assert.Equal(MixerKernel.Dot(inputs, weights), MixerKernel.DotSets(x, w));
            MixerKernel.Train(inputs, weights, error);
            Assert.Equal(Vector128.Create<int>(weights), MixerKernel.TrainSets(x, w, error));
        }
    }

    [Fact]
    public void An_error_of_zero_changes_no_weight()
    {
        var random = new Random(0);
        var weights = Draw(random, 40, MixerKernel.WeightLimit);
        int[] before = [.. weights];

        MixerKernel.Train(Draw(random, 40, Logistic.Limit), weights, 0);

        Assert.Equal(before, weights);
    }

    [Fact]
    public void Four_sets_at_once_give_what_each_gives_alone()
    {
        var random = new Random(4);
        var weights = Draw(random, 40 * 9, MixerKernel.WeightLimit);
        for (var round = 0; round < 200; round++)
        {
            var inputs = Draw(random, 40, Logistic.Limit);
            int[] starts = [.. Enumerable.Range(0, MixerKernel.Sets).Select(_ => 40 * random.Next(9))];
            int[] expected = [.. starts.Select(start => MixerKernel.Dot(inputs, weights.AsSpan(start, 40)))];

            var sums = Vector128.Create<int>(expected);
            Assert.Equal(sums, MixerKernel.DotAll(inputs, weights, starts));
            Assert.Equal(sums, MixerKernel.DotAllScalar(inputs, weights, starts));
            Assert.Equal(sums, MixerKernel.DotAllVector(inputs, weights, starts));
            Assert.Equal(sums, MixerKernel.DotAllVector128(inputs, weights, starts));
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
