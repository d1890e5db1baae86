using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Tests.Frame;

/// <summary>What text needs at each level, with the dimensions of SmolLM2-135M.</summary>
public sealed class FrameMemoryTests
{
    private const long Weights = 140_414_976;
    private const int Tokens = 60_000;

    private static readonly MemoryRule Rule = new(new ModelShape(30, 576, 9, 3, 64, 1536, 49152, 8192, 0), Weights);

    [Fact]
    public void Calls_have_all_their_rows_where_there_is_no_limit()
    {
        var memory = Memory(6, long.MaxValue);

        Assert.False(memory.IsLimited);
        Assert.Equal(LaneWindows.MaxRows, memory.SampleRows());
        Assert.Equal(LaneWindows.MaxRows, memory.Rows(Layout(6)));
    }

    [Theory]
    [InlineData(6, 16)]
    [InlineData(7, 9)]
    [InlineData(9, 9)]
    public void Calls_shrink_to_a_step_before_text_is_refused(int level, int least)
    {
        var needed = Needed(level);

        Assert.Equal(least, Memory(level, needed).Rows(Layout(level)));
        Assert.Equal(LaneWindows.MaxRows, Memory(level, needed + (200L << 20)).Rows(Layout(level)));
        Assert.Throws<LimitExceededException>(() => Memory(level, needed - (2L << 20)).Rows(Layout(level)));
    }

    [Fact]
    public void Tokens_count_where_there_are_more_of_them_than_bytes()
    {
        const int Most = 3 * 4 * Tokens;
        var layout = Profiles.OfLevel(6).Lanes.Layout(Most);
        var more = 12L * (Most - (4 * Tokens));
        var needed = Needed(6);

        Assert.Equal(16, Memory(6, needed + more).Rows(layout));
        Assert.Throws<LimitExceededException>(() => Memory(6, needed + more - (1L << 20)).Rows(layout));
    }

    [Fact]
    public void A_refusal_names_the_nearest_level_that_fits()
    {
        var failure = Assert.Throws<LimitExceededException>(() => Memory(6, 500L << 20).Rows(Layout(6)));

        Assert.Equal("The text needs 638 MiB of memory, more than the limit of 500 MiB; level 7 fits.", failure.Message);
    }

    [Theory]
    [InlineData(6, 0, 1)]
    [InlineData(6, 700, 1)]
    [InlineData(6, 1200, 1)]
    [InlineData(6, 2000, 2)]
    [InlineData(9, 2000, 4)]
    public void Workers_share_what_the_model_leaves(int level, long mebibytes, int workers)
    {
        var profile = Profiles.OfLevel(level);
        var caches = Rule.Caches(profile.Lanes.MaxLanes, long.MaxValue, profile.Window);
        var limit = mebibytes << 20;

        Assert.Equal(workers, Rule.Workers(limit, profile.Predictor, caches, 80L << 20));
        Assert.InRange(workers * (Rule.Share(limit, workers) - Rule.Model), limit - Rule.Model - workers, limit - Rule.Model);
    }

    private static FrameMemory Memory(int level, long limit) =>
        new(() => Rule, Profiles.OfLevel(level), limit, 4 * Tokens, hasDictionary: false, compresses: true);

    private static LaneLayout Layout(int level) => Profiles.OfLevel(level).Lanes.Layout(Tokens);

    /// <summary>The least limit that is accepted, by bisection.</summary>
    private static long Needed(int level)
    {
        var (low, high) = (0L, 4L << 30);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            try
            {
                Memory(level, middle).Rows(Layout(level));
                high = middle;
            }
            catch (LimitExceededException)
            {
                low = middle;
            }
        }

        return high;
    }
}
