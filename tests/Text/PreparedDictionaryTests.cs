using System.Buffers;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;
using NacrithOnnx.Tests.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Text;

/// <summary>
/// A prepared dictionary against twins that share none of its shortcuts: one lane that codes the dictionary and then the
/// content, and windows whose every prediction is computed from the start. Equal payloads mean equal frequencies.
/// </summary>
public sealed class PreparedDictionaryTests : IDisposable
{
    private static readonly WindowSettings Window = new(32, 20);

    private static readonly PredictorSettings Settings =
        PredictorSettings.Ensemble with { ContextBits = 7, MatchCandidates = 2 };

    private readonly OnnxLanguageModel _model = TinyModel.Graph.Open("fast", KernelSets.Best);
    private readonly TextCoder _coder;

    public PreparedDictionaryTests()
    {
        _coder = new TextCoder(_model, Window, Settings);
    }

    public void Dispose()
    {
        _coder.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(15, 5)]
    [InlineData(16, 1)]
    [InlineData(16, 100)]
    public void A_dictionary_that_fits_half_a_window_is_the_beginning_of_one_lane(int dictionary, int content)
    {
        var before = Tokens(dictionary, dictionary);
        var tokens = Tokens(99, content);

        Assert.Equal(OneLane(before, tokens), Encode(before, tokens, 1));
    }

    [Theory]
    [InlineData(5, 40, 3)]
    [InlineData(17, 30, 1)]
    [InlineData(80, 30, 1)]
    [InlineData(80, 61, 4)]
    public void The_end_of_a_dictionary_begins_the_window_of_every_lane(int dictionary, int content, int lanes)
    {
        var before = Tokens(dictionary, dictionary);
        var tokens = Tokens(98, content);

        Assert.Equal(FromTheStart(before, tokens, lanes), Encode(before, tokens, lanes));
    }

    [Fact]
    public void Contents_with_and_without_dictionaries_do_not_disturb_each_other()
    {
        using var first = _coder.Prepare(Tokens(1, 60), _ => { });
        using var second = _coder.Prepare(Tokens(2, 10), _ => { });
        var random = new Random(3);
        for (var round = 0; round < 30; round++)
        {
            var dictionary = new[] { null, first, second }[random.Next(3)];
            var tokens = Tokens(round, random.Next(1, 70));
            var layout = new LaneLayout(tokens.Length, random.Next(1, 3), 0);
            var payload = new ArrayBufferWriter<byte>();

            _coder.Encode(tokens, layout, dictionary, payload, _ => { });
            using var fresh = new TextCoder(_model, Window, Settings);
            var expected = new ArrayBufferWriter<byte>();
            fresh.Encode(tokens, layout, dictionary, expected, _ => { });

            Assert.Equal(expected.WrittenSpan, payload.WrittenSpan);
            Assert.Equal(
                tokens, _coder.Decode(payload.WrittenMemory, layout, dictionary, _ => { }));
        }
    }

    private byte[] Encode(int[] before, int[] tokens, int lanes)
    {
        using var dictionary = _coder.Prepare(before, _ => { });
        var layout = new LaneLayout(tokens.Length, lanes, 0);
        var payload = new ArrayBufferWriter<byte>();
        _coder.Encode(tokens, layout, dictionary, payload, _ => { });
        Assert.Equal(tokens, _coder.Decode(payload.WrittenMemory, layout, dictionary, _ => { }));
        return payload.WrittenSpan.ToArray();
    }

    /// <summary>Codes dictionary and content as one lane; only the content goes to the payload.</summary>
    private byte[] OneLane(int[] before, int[] tokens)
    {
        int[] all = [.. before, .. tokens];
        using var windows = new LaneWindows(_model, 1, all.Length, Window, null);
        windows.Announce(0, all);
        var payload = new ArrayBufferWriter<byte>();
        var encoder = new TokenEncoder(payload);
        var predictor = NewPredictor(1);
        var cdf = new Cdf(_model.Shape.Vocabulary);
        for (var step = 0; step < all.Length; step++)
        {
            windows.MoveTo(step);
            predictor.Predict(0, windows.Logits(0, step), windows.HiddenState(0, step), cdf);
            if (step >= before.Length)
            {
                encoder.Code(cdf, all[step]);
            }

            predictor.Update(0, all[step]);
        }

        encoder.Finish();
        return payload.WrittenSpan.ToArray();
    }

    /// <summary>Learns the dictionary as one lane, then codes lanes whose windows begin with its end.</summary>
    private byte[] FromTheStart(int[] before, int[] tokens, int lanes)
    {
        var layout = new LaneLayout(tokens.Length, lanes, 0);
        var payload = new ArrayBufferWriter<byte>();
        var encoder = new TokenEncoder(payload);
        var predictor = NewPredictor(lanes);
        var learning = new WindowTwin(_model, Window, []);
        for (var step = 0; step < before.Length; step++)
        {
            Code(learning, before, step, 0, predictor, null);
        }

        var coding = new WindowTwin(_model, Window, before[^Math.Min(before.Length, Window.Context / 2)..]);
        for (var step = 0; step < layout.Steps; step++)
        {
            for (var lane = 0; lane < lanes && step < layout.Length(lane); lane++)
            {
                var own = tokens.AsSpan(layout.Start(lane), layout.Length(lane));
                Code(coding, own.ToArray(), step, lane, predictor, encoder);
            }
        }

        encoder.Finish();
        return payload.WrittenSpan.ToArray();
    }

    private static void Code(
        WindowTwin twin, int[] tokens, int step, int lane, Predictor predictor, TokenEncoder? encoder)
    {
        var (logits, hidden) = twin.Predict(tokens, step);
        var cdf = new Cdf(logits.Length);
        predictor.Predict(lane, Floats(logits), Floats(hidden), cdf);
        encoder?.Code(cdf, tokens[step]);
        predictor.Update(lane, tokens[step]);
    }

    private static float[] Floats(uint[] bits) => [.. bits.Select(BitConverter.UInt32BitsToSingle)];

    private Predictor NewPredictor(int lanes) => new(Settings, _model.Shape.Vocabulary, lanes, _model.Shape.Hidden);

    private static int[] Tokens(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? random.Next(500) : random.Next(12))];
    }
}
