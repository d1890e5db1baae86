using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Tests.Text;

public sealed class LaneRuleTests
{
    private static readonly WindowSettings Window = new(100, 20);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(199, 1, 0)]
    [InlineData(200, 2, 0)]
    [InlineData(399, 3, 0)]
    [InlineData(2047, 8, 0)]
    [InlineData(2048, 8, 50)]
    [InlineData(100_000, 8, 50)]
    public void Lanes_grow_with_the_tokens_and_many_may_have_a_primer(int tokens, int lanes, int primer) =>
        Assert.Equal(new LaneLayout(tokens, lanes, primer), new LaneRule(8, 100, 50, 4).PrimedLayout(tokens, new WindowSettings(1024, 128)));

    [Fact]
    public void A_primer_needs_lanes_that_gain_from_it_and_half_a_window()
    {
        Assert.Equal(0, new LaneRule(3, 100, 50, 4).PrimedLayout(5000, new WindowSettings(1024, 128)).Primer);
        Assert.Equal(0, new LaneRule(8, 100, 50, 4).PrimedLayout(5000, new WindowSettings(98, 12)).Primer);
        Assert.Equal(50, new LaneRule(8, 100, 50, 4).PrimedLayout(5000, new WindowSettings(100, 12)).Primer);
    }

    [Fact]
    public void Lanes_cover_the_tokens_after_the_primer_once_and_differ_by_one_at_most()
    {
        for (var count = 0; count < 60; count++)
        {
            for (var lanes = 1; lanes < 9; lanes++)
            {
                var layout = new LaneLayout(count + 5, lanes, 5);
                var next = 5;
                for (var lane = 0; lane < lanes; lane++)
                {
                    Assert.Equal(next, layout.Start(lane));
                    Assert.InRange(layout.Length(lane), layout.Steps - 1, layout.Steps);
                    next += layout.Length(lane);
                }

                Assert.Equal(count + 5, next);
            }
        }
    }
}
