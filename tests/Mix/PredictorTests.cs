using System.Buffers;
using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

public sealed class PredictorTests
{
    private const int Vocabulary = 700;

    private static readonly PredictorSettings Small =
        PredictorSettings.Ensemble with { ContextBits = 7, MatchCandidates = 2 };

    public static TheoryData<string, int> TextsAndLanes()
    {
        var data = new TheoryData<string, int>();
        foreach (var text in new[] { "phrases", "one token", "all tokens once", "noise", "two in turn" })
        {
            foreach (var lanes in new[] { 1, 3, 8 })
            {
                data.Add(text, lanes);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(TextsAndLanes))]
    public void The_decompressor_learns_the_same_after_each_token(string text, int lanes)
    {
        var tokens = Text(text);
        var (payload, states) = Encode(tokens, lanes, Small);

        var decoder = new RangeDecoder(payload);
        var predictor = new Predictor(Small, Vocabulary, lanes);
        var cdf = new Cdf(Vocabulary);
        var logits = new float[Vocabulary];
        var read = new int[tokens.Length];
        var step = 0;
        foreach (var (lane, position) in LockStep(tokens.Length, lanes))
        {
            Logits(read, position, Start(tokens.Length, lanes, lane), logits);
            predictor.Predict(lane, logits, cdf);
            read[position] = cdf.Find(decoder.Decode(cdf.Total), out var low, out var frequency);
            decoder.Consume(low, frequency);
            predictor.Update(lane, read[position]);
            Assert.Equal(states[step++], predictor.HashState());
        }

        decoder.Finish();
        Assert.Equal(tokens, read);
    }

    [Fact]
    public void A_repeated_text_costs_next_to_nothing_the_second_time()
    {
        var once = Text("noise");

        var first = Encode(once, 1, Small with { ContextBits = 14 }).Payload.Length;
        var both = Encode([.. once, .. once], 1, Small with { ContextBits = 14 }).Payload.Length;

        Assert.True(both - first < first / 8, $"{first} bytes once, {both} twice");
    }

    [Fact]
    public void What_one_lane_learned_serves_the_others()
    {
        var phrase = Text("noise")[..120];
        int[] tokens = [.. Enumerable.Repeat(phrase, 3).SelectMany(part => part)];

        var alone = Encode(phrase, 1, Small).Payload.Length;
        var together = Encode(tokens, 3, Small).Payload.Length;

        Assert.True(together < 2 * alone, $"{alone} bytes alone, {together} for three lanes of the same");
    }

    [Fact]
    public void A_token_the_model_rules_out_is_coded_and_soon_cheap()
    {
        int[] tokens = [.. Enumerable.Repeat(600, 400)];
        var logits = new float[Vocabulary];
        logits[3] = 10_000f;
        logits[600] = -10_000f;

        Assert.InRange(EncodeWith(tokens, logits, Small).Length, 1, 400 * 30 / 8);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void No_logit_makes_the_state_leave_the_finite_numbers(float logit)
    {
        var logits = new float[Vocabulary];
        logits.AsSpan(0, 350).Fill(logit);
        var predictor = new Predictor(Small, Vocabulary, 1);
        var cdf = new Cdf(Vocabulary);
        for (var step = 0; step < 300; step++)
        {
            predictor.Predict(0, logits, cdf);
            Assert.All(cdf.Frequencies.ToArray(), frequency => Assert.InRange(frequency, 1u, Cdf.MaximumFrequency));
            predictor.Update(0, step * 7 % Vocabulary);
        }

        Assert.True(predictor.IsFinite());
    }

    [Fact]
    public void A_random_payload_decodes_to_something_or_is_refused()
    {
        var random = new Random(21);
        var logits = new float[Vocabulary];
        var refused = 0;
        for (var round = 0; round < 30; round++)
        {
            var payload = new byte[random.Next(1, 200)];
            random.NextBytes(payload);
            try
            {
                Read(new RangeDecoder(payload), new Predictor(Small, Vocabulary, 1), logits, tokens: 40);
            }
            catch (CorruptArchiveException)
            {
                refused++;
            }
        }

        // Forty tokens are fewer than most of these payloads hold, and what is left of one is an error.
        Assert.InRange(refused, 15, 30);
    }

    [Fact]
    public void The_bytes_and_the_state_of_a_known_run_never_change()
    {
        // The arithmetic is part of the format. With instruction sets disabled, this also shows that they do not affect
        // an archive.
        var (payload, states) = Encode(Text("phrases"), 3, Small);

        var hash = new StateHash();
        foreach (var value in payload)
        {
            hash.Add(value);
        }

        Assert.Equal((17559853299313817260UL, 14350056175474818348UL), (hash.Value, states[^1]));
    }

    [Fact]
    public void Calls_out_of_turn_are_refused()
    {
        var predictor = new Predictor(Small, Vocabulary, 2);
        var cdf = new Cdf(Vocabulary);
        var logits = new float[Vocabulary];

        Assert.Throws<InvalidOperationException>(() => predictor.Update(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Predict(2, logits, cdf));
        predictor.Predict(0, logits, cdf);
        Assert.Throws<InvalidOperationException>(() => predictor.Predict(1, logits, cdf));
        Assert.Throws<InvalidOperationException>(() => predictor.Update(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Update(0, Vocabulary));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Predictor(Small with { LogitWeight = float.NaN }, Vocabulary, 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Predictor(Small with { ContextBits = 40 }, Vocabulary, 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Predictor(Small with { MatchLength = 0 }, Vocabulary, 1));
    }

    private static void Read(RangeDecoder decoder, Predictor predictor, float[] logits, int tokens)
    {
        var cdf = new Cdf(Vocabulary);
        for (; tokens > 0; tokens--)
        {
            predictor.Predict(0, logits, cdf);
            var token = cdf.Find(decoder.Decode(cdf.Total), out var low, out var frequency);
            decoder.Consume(low, frequency);
            predictor.Update(0, token);
        }

        decoder.Finish();
    }

    private static int[] Text(string name)
    {
        var random = new Random(5);
        int[] noise = [.. Enumerable.Range(0, 240).Select(_ => random.Next(Vocabulary))];
        return name switch
        {
            "one token" => [.. Enumerable.Repeat(42, 240)],
            "all tokens once" => [.. Enumerable.Range(0, Vocabulary)],
            "two in turn" => [.. Enumerable.Range(0, 240).Select(i => i % 2)],
            "phrases" => [.. Enumerable.Range(0, 30).SelectMany(_ => noise.AsSpan(10 * random.Next(6), 10).ToArray())],
            _ => noise,
        };
    }

    /// <summary>An artificial language model: favours small ids and the ids just after the last token.</summary>
    private static void Logits(int[] tokens, int position, int start, float[] logits)
    {
        var state = position > start ? (uint)tokens[position - 1] + 1 : 0;
        for (var i = 0; i < logits.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            logits[i] = ((state >> 20) * (1f / 1024)) - (i * (1f / 256));
        }

        if (position > start)
        {
            logits[(tokens[position - 1] + 1) % logits.Length] += 4f;
        }
    }

    private static (byte[] Payload, List<ulong> States) Encode(int[] tokens, int lanes, PredictorSettings settings)
    {
        var sink = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(sink);
        var predictor = new Predictor(settings, Vocabulary, lanes);
        var cdf = new Cdf(Vocabulary);
        var logits = new float[Vocabulary];
        var states = new List<ulong>();
        foreach (var (lane, position) in LockStep(tokens.Length, lanes))
        {
            Logits(tokens, position, Start(tokens.Length, lanes, lane), logits);
            predictor.Predict(lane, logits, cdf);
            cdf.Interval(tokens[position], out var low, out var frequency);
            encoder.Encode(low, frequency, cdf.Total);
            predictor.Update(lane, tokens[position]);
            states.Add(predictor.HashState());
        }

        encoder.Finish();
        Assert.True(predictor.IsFinite());
        return (sink.WrittenSpan.ToArray(), states);
    }

    private static byte[] EncodeWith(int[] tokens, float[] logits, PredictorSettings settings)
    {
        var sink = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(sink);
        var predictor = new Predictor(settings, Vocabulary, 1);
        var cdf = new Cdf(Vocabulary);
        foreach (var token in tokens)
        {
            predictor.Predict(0, logits, cdf);
            cdf.Interval(token, out var low, out var frequency);
            encoder.Encode(low, frequency, cdf.Total);
            predictor.Update(0, token);
        }

        encoder.Finish();
        return sink.WrittenSpan.ToArray();
    }

    private static int Start(int count, int lanes, int lane) => lane * ((count + lanes - 1) / lanes);

    private static IEnumerable<(int Lane, int Position)> LockStep(int count, int lanes)
    {
        for (var step = 0; step < (count + lanes - 1) / lanes; step++)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                var position = Start(count, lanes, lane) + step;
                if (position < Math.Min(Start(count, lanes, lane + 1), count))
                {
                    yield return (lane, position);
                }
            }
        }
    }
}
