using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Tests.Mix;

/// <summary>
/// A predictor that takes over the state of another against one that has really seen those tokens: the same frequencies
/// and the same state after each token, however often it goes back.
/// </summary>
public sealed class PredictorResetTests
{
    private const int Vocabulary = 700;
    private const int Width = 32;

    private static readonly PredictorSettings Settings =
        PredictorSettings.Ensemble with { ContextBits = 9, MatchCandidates = 2 };

    private static readonly int[] Before = Tokens(1, 300);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_another_learned_serves_as_if_it_had_been_seen(int lanes)
    {
        var origin = Origin();
        var predictor = New(lanes);
        for (var round = 0; round < 4; round++)
        {
            var content = Tokens(10 + round, 90);
            predictor.ResetTo(origin, lanes);

            Assert.Equal(States(Seen(lanes), lanes, content), States(predictor, lanes, content));
        }
    }

    [Fact]
    public void Experience_is_forgotten()
    {
        var predictor = New(1);
        foreach (var length in new[] { 5, 250, 40 })
        {
            var content = Tokens(length, length);

            Assert.Equal(States(New(1), 1, content), States(predictor, 1, content));
            predictor.ResetTo(null, 1);
        }
    }

    [Fact]
    public void One_predictor_serves_other_origins_and_numbers_of_lanes_in_turn()
    {
        var origin = Origin();
        var other = New(1);
        States(other, 1, Tokens(7, 200));
        var predictor = New(1);
        var content = Tokens(8, 60);
        foreach (var (from, lanes) in new[] { (origin, 1), (null, 2), (other, 3), (origin, 3), (origin, 1), (null, 1) })
        {
            predictor.ResetTo(from, lanes);
            var fresh = New(lanes);
            fresh.ResetTo(from, lanes);

            Assert.Equal(States(fresh, lanes, content), States(predictor, lanes, content));
        }
    }

    [Fact]
    public void Many_start_from_one_state_at_once()
    {
        var origin = Origin();
        var contents = Enumerable.Range(0, 16).Select(seed => Tokens(100 + seed, 50)).ToArray();
        var expected = contents.Select(content => States(Seen(1), 1, content)).ToArray();

        var found = new List<ulong>[contents.Length];
        Parallel.For(0, contents.Length, i =>
        {
            var predictor = New(1);
            predictor.ResetTo(origin, 1);
            found[i] = States(predictor, 1, contents[i]);
        });

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Fewer_lanes_than_the_origin_has_are_refused()
    {
        var predictor = New(3);

        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.ResetTo(New(2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.ResetTo(null, 0));
    }

    private static Predictor New(int lanes) => new(Settings, Vocabulary, lanes, Width);

    private static Predictor Origin()
    {
        var origin = New(1);
        States(origin, 1, Before);
        return origin;
    }

    /// <summary>A predictor of some lanes, the first of which has really coded the tokens before.</summary>
    private static Predictor Seen(int lanes)
    {
        var predictor = New(lanes);
        States(predictor, 1, Before);
        return predictor;
    }

    /// <summary>Codes tokens in turn on some lanes; returns a hash of the frequencies and of the state after each.</summary>
    private static List<ulong> States(Predictor predictor, int lanes, int[] tokens)
    {
        var cdf = new Cdf(Vocabulary);
        var logits = new float[Vocabulary];
        var hidden = new float[Width];
        var states = new List<ulong>();
        for (var i = 0; i < tokens.Length; i++)
        {
            var random = new Random(i + tokens[Math.Max(i - 1, 0)]);
            logits.AsSpan().Clear();
            for (var n = 0; n < 200; n++)
            {
                logits[random.Next(Vocabulary)] = random.NextSingle() * 8f;
            }

            hidden.AsSpan().Fill(random.NextSingle());
            hidden[random.Next(Width)] = 3f;
            predictor.Predict(i % lanes, logits, hidden, cdf);
            var hash = new StateHash();
            foreach (var frequency in cdf.Frequencies)
            {
                hash.Add(frequency);
            }

            predictor.Update(i % lanes, tokens[i]);
            states.Add(hash.Value);
            states.Add(predictor.HashState());
        }

        Assert.True(predictor.IsFinite());
        return states;
    }

    /// <summary>Tokens of few kinds, so that contexts and matches have work.</summary>
    private static int[] Tokens(int seed, int count)
    {
        var random = new Random(seed);
        int[] phrase = [.. Enumerable.Range(0, 30).Select(_ => random.Next(Vocabulary))];
        return [.. Enumerable.Range(0, count).Select(i => random.Next(9) == 0 ? random.Next(40) : phrase[i % 30])];
    }
}
