using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Predict;

/// <summary>Windows against <see cref="WindowTwin"/>: what is known ahead, or fed before, changes no bit.</summary>
public sealed class StreamWindowsTests : IDisposable
{
    private readonly OnnxLanguageModel _model = TinyModel.Graph.Open("fast", KernelSets.Best);
    private readonly OnnxLanguageModel _twinModel = TinyModel.Graph.Open("fast", KernelSets.Best);

    public void Dispose()
    {
        _model.Dispose();
        _twinModel.Dispose();
    }

    /// <summary>Context, tokens kept, streams, and tokens in all: the last streams are shorter where they do not divide.</summary>
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
    public void Every_prediction_is_that_of_its_window_alone(int context, int keep, int streams, int tokens)
    {
        Check(new WindowSettings(context, keep), Streams(streams, tokens), [], announced: true, stride: 1);
        Check(new WindowSettings(context, keep), Streams(streams, tokens), [], announced: false, stride: 1);
    }

    [Theory]
    [InlineData(9, 4, 1, 1, 30)]
    [InlineData(9, 4, 1, 4, 30)]
    [InlineData(9, 4, 3, 8, 70)]
    [InlineData(9, 8, 2, 7, 41)]
    [InlineData(9, 8, 2, 8, 1)]
    [InlineData(65, 20, 2, 64, 151)]
    [InlineData(65, 40, 3, 50, 301)]
    public void A_primer_is_the_beginning_of_every_stream(int context, int keep, int streams, int primer, int tokens)
    {
        var before = Tokens(new Random(primer), primer);

        Check(new WindowSettings(context, keep), Streams(streams, tokens), before, announced: true, stride: 1);
        Check(new WindowSettings(context, keep), Streams(streams, tokens), before, announced: false, stride: 1);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 1500)]
    public void Windows_longer_than_a_call_are_fed_in_several(int streams, int tokens)
    {
        Check(new WindowSettings(300, 280), Streams(streams, tokens), [], announced: true, stride: 17);
        Check(new WindowSettings(300, 100), Streams(streams, tokens), [], announced: true, stride: 17);
    }

    [Theory]
    [InlineData(9, 4, 1)]
    [InlineData(9, 4, 50)]
    [InlineData(9, 8, 90)]
    [InlineData(2, 1, 23)]
    [InlineData(65, 20, 300)]
    public void Guesses_right_or_wrong_change_nothing(int context, int keep, int tokens)
    {
        var settings = new WindowSettings(context, keep);
        using var windows = new StreamWindows(_model, 1, tokens, settings, null);

        Run(windows, new WindowTwin(_twinModel, settings, []), Streams(1, tokens), announced: false, 1, new Random(tokens));
    }

    [Fact]
    public void The_twin_sees_a_changed_token_in_the_window_and_none_before_it()
    {
        var twin = new WindowTwin(_twinModel, new WindowSettings(9, 4), []);
        var stream = Streams(1, 9)[0];
        var (logits, hidden) = twin.Predict(stream, 9);
        int[] earlier = [.. stream];
        earlier[4]++;
        int[] kept = [.. stream];
        kept[5]++;

        Assert.Equal(logits, twin.Predict(earlier, 9).Logits);
        Assert.Equal(hidden, twin.Predict(earlier, 9).Hidden);
        Assert.NotEqual(logits, twin.Predict(kept, 9).Logits);
    }

    private void Check(WindowSettings settings, int[][] streams, int[] primer, bool announced, int stride)
    {
        var twin = new WindowTwin(_twinModel, settings, primer);
        StreamWindows? before = null;
        try
        {
            if (primer.Length > 0)
            {
                before = new StreamWindows(_model, 1, primer.Length, settings, null);
                Run(before, new WindowTwin(_twinModel, settings, []), [primer], announced, stride);
            }

            using var windows = new StreamWindows(_model, streams.Length, streams[0].Length, settings, before);
            Run(windows, twin, streams, announced, stride);
        }
        finally
        {
            before?.Dispose();
        }
    }

    private static void Run(
        StreamWindows windows, WindowTwin twin, int[][] streams, bool announced, int stride, Random? guesses = null)
    {
        for (var stream = 0; announced && stream < streams.Length; stream++)
        {
            windows.Announce(stream, streams[stream]);
        }

        for (var step = 0; step < streams[0].Length; step++)
        {
            if (guesses is not null && !windows.Has(step))
            {
                windows.Guess(step, Guess(streams[0].AsSpan(step), guesses));
            }

            windows.MoveTo(step);
            for (var stream = 0; stream < streams.Length && step < streams[stream].Length; stream++)
            {
                if (step % stride == 0)
                {
                    var (logits, hidden) = twin.Predict(streams[stream], step);
                    Assert.True(
                        logits.AsSpan().SequenceEqual(LogitBits.Of(windows.Logits(stream, step))),
                        $"logits of stream {stream} at step {step}, announced: {announced}");
                    Assert.True(
                        hidden.AsSpan().SequenceEqual(LogitBits.Of(windows.HiddenState(stream, step))),
                        $"hidden state of stream {stream} at step {step}, announced: {announced}");
                }

                windows.Set(stream, step, streams[stream][step]);
            }
        }
    }

    /// <summary>Up to eight tokens to come, and perhaps beyond the end; half of the time one of them is wrong.</summary>
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

    /// <summary>Streams whose lengths differ by one at most, the longer ones first, as a frame has them.</summary>
    private static int[][] Streams(int streams, int tokens)
    {
        var random = new Random(tokens);
        return [.. Enumerable.Range(0, streams).Select(
            stream => Tokens(random, (tokens / streams) + (stream < tokens % streams ? 1 : 0)))];
    }

    private static int[] Tokens(Random random, int count)
    {
        var tokens = new int[count];
        for (var i = 0; i < count; i++)
        {
            // One below the last, so that a test may add one.
            tokens[i] = random.Next(TinyModel.Graph.Shape.Vocabulary - 1);
        }

        return tokens;
    }
}
