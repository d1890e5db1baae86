using NacrithOnnx.Train.Training;

namespace NacrithOnnx.Train.Tests;

public sealed class RateScheduleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 0.1)]
    [InlineData(100, 0.2)]
    [InlineData(600, 0.2)]
    [InlineData(800, 0.2)]
    [InlineData(950, 0.05)]
    [InlineData(1000, 0)]
    [InlineData(1100, 0)]
    public void The_rate_rises_stays_and_falls(double tokens, double rate) =>
        Assert.Equal(rate, new RateSchedule(0.2, 100, 1000, 200).Rate(tokens), 1e-9);

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Without_warm_up_and_decay_it_is_constant(double tokens) =>
        Assert.Equal(0.2, new RateSchedule(0.2, 0, 1000, 0).Rate(tokens));

    [Fact]
    public void More_tokens_do_not_change_the_rate_before_the_decay() =>
        Assert.Equal(
            new RateSchedule(0.2, 100, 1000, 200).Rate(700), new RateSchedule(0.2, 100, 9000, 300).Rate(700));
}
