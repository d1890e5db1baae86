using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Tests.Text;

public sealed class LaneRuleTests
{
    private static readonly WindowSettings Window = new(100, 20);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1999, 1, 0)]
    [InlineData(2000, 2, 0)]
    [InlineData(3999, 3, 0)]
    [InlineData(4000, 4, 50)]
    [InlineData(100_000, 8, 50)]
    public void Lanes_grow_with_the_tokens_and_many_may_have_a_primer(int tokens, int lanes, int primer)
    {
        var rule = new LaneRule(8, 1000, 50, 4);

        Assert.Equal(new LaneLayout(tokens, lanes, 0), rule.Layout(tokens));
        Assert.Equal(new LaneLayout(tokens, lanes, primer), rule.PrimedLayout(tokens, Window));
    }

    [Fact]
    public void A_primer_leaves_half_of_the_window_and_few_tokens_have_none()
    {
        Assert.Equal(0, new LaneRule(8, 1000, 51, 4).PrimedLayout(100_000, Window).Primer);
        Assert.Equal(0, new LaneRule(8, 10, 50, 4).PrimedLayout(2047, Window).Primer);
        Assert.Equal(50, new LaneRule(8, 10, 50, 4).PrimedLayout(2048, Window).Primer);
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
