using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Predict;

/// <summary>Windows against <see cref="WindowTwin"/>: tokens known ahead, or fed before, change no bit.</summary>
public sealed class LaneWindowsTests : IDisposable
{
    private readonly OnnxLanguageModel _model = TinyModel.Graph.Open("fast", KernelSets.Best);

    /// <summary>Runs a call while the one before it is looked at.</summary>
    private readonly OnnxLanguageModel _parallel = TinyModel.Graph.Open("fast", KernelSets.Best, threads: 2);
    private readonly OnnxLanguageModel _twinModel = TinyModel.Graph.Open("fast", KernelSets.Best);

    public void Dispose()
    {
        _model.Dispose();
        _parallel.Dispose();
        _twinModel.Dispose();
    }

    /// <summary>
    /// Context, tokens kept, lanes, and total tokens: the last lanes are shorter if they do not divide evenly.
    /// </summary>
    public static TheoryData<int, int, int, int> Layouts => new()
    {
        { 9, 4, 1, 1 },
        { 9, 4, 1, 8 },
        { 9, 4, 1, 9 },
        { 9, 4, 1, 10 },
        { 9, 4, 1, 50 },
        { 9, 1, 2, 41 },
        { 9, 8, 3, 61 },
        { 2, 1, 5, 23 },
        { 65, 20, 1, 64 },
        { 65, 20, 1, 65 },
        { 65, 20, 1, 66 },
        { 65, 20, 3, 401 },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_prediction_is_that_of_its_window_alone(int context, int keep, int lanes, int tokens)
    {
        Check(new WindowSettings(context, keep), Lanes(lanes, tokens), [], announced: true, stride: 1);
        Check(new WindowSettings(context, keep), Lanes(lanes, tokens), [], announced: false, stride: 1);
    }

    [Theory]
    [InlineData(9, 4, 1, 1, 30)]
    [InlineData(9, 4, 1, 4, 30)]
    [InlineData(9, 4, 3, 8, 70)]
    [InlineData(9, 8, 2, 7, 41)]
    [InlineData(9, 8, 2, 8, 1)]
    [InlineData(65, 20, 2, 64, 151)]
    [InlineData(65, 40, 3, 50, 301)]
    public void A_primer_is_the_beginning_of_every_lane(int context, int keep, int lanes, int primer, int tokens)
    {
        var before = Tokens(new Random(primer), primer);

        Check(new WindowSettings(context, keep), Lanes(lanes, tokens), before, announced: true, stride: 1);
        Check(new WindowSettings(context, keep), Lanes(lanes, tokens), before, announced: false, stride: 1);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 1500)]
    public void Windows_longer_than_a_call_are_fed_in_several(int lanes, int tokens)
    {
        Check(new WindowSettings(300, 280), Lanes(lanes, tokens), [], announced: true, stride: 17);
        Check(new WindowSettings(300, 100), Lanes(lanes, tokens), [], announced: true, stride: 17);
    }

    [Theory]
    [InlineData(9, 4, 1)]
    [InlineData(9, 4, 50)]
    [InlineData(9, 8, 90)]
    [InlineData(2, 1, 23)]
    [InlineData(65, 20, 300)]
    public void Correct_and_incorrect_guesses_change_nothing(int context, int keep, int tokens)
    {
        var settings = new WindowSettings(context, keep);
        using var windows = new LaneWindows(_model, 1, tokens, settings, null);

        Run(windows, new WindowTwin(_twinModel, settings, []), Lanes(1, tokens), announced: false, 1, new Random(tokens));
    }

    [Fact]
    public void The_twin_sees_a_changed_token_in_the_window_and_none_before_it()
    {
        var twin = new WindowTwin(_twinModel, new WindowSettings(9, 4), []);
        var lane = Lanes(1, 9)[0];
        var (logits, hidden) = twin.Predict(lane, 9);
        int[] earlier = [.. lane];
        earlier[4]++;
        int[] kept = [.. lane];
        kept[5]++;

        Assert.Equal(logits, twin.Predict(earlier, 9).Logits);
        Assert.Equal(hidden, twin.Predict(earlier, 9).Hidden);
        Assert.NotEqual(logits, twin.Predict(kept, 9).Logits);
    }

    [Fact]
    public void Windows_may_be_left_while_a_call_runs()
    {
        var lane = Lanes(1, 500)[0];
        for (var i = 0; i < 20; i++)
        {
            using var windows = new LaneWindows(_parallel, 1, lane.Length, new WindowSettings(512, 100), null);
            windows.Announce(0, lane);
            windows.MoveTo(0);
        }
    }

    private void Check(WindowSettings settings, int[][] lanes, int[] primer, bool announced, int stride)
    {
        Check(_model, settings, lanes, primer, announced, stride);
        if (announced)
        {
            Check(_parallel, settings, lanes, primer, announced, stride);
        }
    }

    private void Check(
        OnnxLanguageModel model, WindowSettings settings, int[][] lanes, int[] primer, bool announced, int stride)
    {
        var twin = new WindowTwin(_twinModel, settings, primer);
        LaneWindows? before = null;
        try
        {
            if (primer.Length > 0)
            {
                before = new LaneWindows(model, 1, primer.Length, settings, null);
                Run(before, new WindowTwin(_twinModel, settings, []), [primer], announced, stride);
            }

            using var windows = new LaneWindows(model, lanes.Length, lanes[0].Length, settings, before?.AsPrefix());
            Run(windows, twin, lanes, announced, stride);
        }
        finally
        {
            before?.Dispose();
        }
    }

    private static void Run(
        LaneWindows windows, WindowTwin twin, int[][] lanes, bool announced, int stride, Random? guesses = null)
    {
        for (var lane = 0; announced && lane < lanes.Length; lane++)
        {
            windows.Announce(lane, lanes[lane]);
        }

        for (var step = 0; step < lanes[0].Length; step++)
        {
            if (guesses is not null && !windows.Has(step))
            {
                windows.Guess(step, Guess(lanes[0].AsSpan(step), guesses));
            }

            windows.MoveTo(step);
            for (var lane = 0; lane < lanes.Length && step < lanes[lane].Length; lane++)
            {
                if (step % stride == 0)
                {
                    var (logits, hidden) = twin.Predict(lanes[lane], step);
                    Assert.True(
                        logits.AsSpan().SequenceEqual(LogitBits.Of(windows.Logits(lane, step))),
                        $"logits of lane {lane} at step {step}, announced: {announced}");
                    Assert.True(
                        hidden.AsSpan().SequenceEqual(LogitBits.Of(windows.HiddenState(lane, step))),
                        $"hidden state of lane {lane} at step {step}, announced: {announced}");
                }

                windows.Set(lane, step, lanes[lane][step]);
            }
        }
    }

    /// <summary>Up to eight future tokens, possibly past the end; half of the time one of them is wrong.</summary>
    private static int[] Guess(ReadOnlySpan<int> rest, Random random)
    {
        var guess = new int[random.Next(9)];
        rest[..Math.Min(rest.Length, guess.Length)].CopyTo(guess);
        if (guess.Length > 0 && random.Next(2) == 0)
        {
            guess[random.Next(guess.Length)]++;
        }

        return guess;
    }

    /// <summary>Lanes whose lengths differ by at most one, the longer ones first, as in a frame.</summary>
    private static int[][] Lanes(int lanes, int tokens)
    {
        var random = new Random(tokens);
        return [.. Enumerable.Range(0, lanes).Select(
            lane => Tokens(random, (tokens / lanes) + (lane < tokens % lanes ? 1 : 0)))];
    }

    private static int[] Tokens(Random random, int count)
    {
        var tokens = new int[count];
        for (var i = 0; i < count; i++)
        {
            // Less than the last by one, so that a test may add one.
            tokens[i] = random.Next(TinyModel.Graph.Shape.Vocabulary - 1);
        }

        return tokens;
    }
}
