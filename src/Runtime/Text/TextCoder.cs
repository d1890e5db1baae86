using System.Buffers;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// Tokens of frames into payloads and back: predict, mix, code, learn. Both directions run this one loop. The predictor
/// and the cache of one lane stay for the next frame, which for a message is most of the time they take.
/// </summary>
internal sealed class TextCoder(ILanguageModel model, WindowSettings window, PredictorSettings settings) : IDisposable
{
    /// <summary>
    /// An additional row costs a fifth of a call of one row, so longer guesses are worthwhile only inside long
    /// repetitions, where eight rows take the time of two.
    /// </summary>
    internal const int MaxGuesses = 8;

    private readonly Cdf _cdf = new(model.Shape.Vocabulary);
    private readonly int[] _guesses = new int[MaxGuesses];
    private readonly CacheShelf _shelf = new(model);
    private Predictor? _predictor;

    /// <summary>Maximum rows of a call of the model: fewer take less memory and more time.</summary>
    public int MaxRows { get; set; } = LaneWindows.MaxRows;

    /// <summary>Whether lanes do better after the primer of a layout, if it has one.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="coded">Told of 0 tokens, now and then; may throw to cancel.</param>
    public bool PrefersPrimer(ReadOnlySpan<int> tokens, LaneLayout layout, Action<int> coded) =>
        layout.Primer > 0 && layout.Length(layout.Lanes - 1) >= PrimerTrial.Length
            && PrimerTrial.Wins(model, tokens, layout, () => coded(0), MaxRows);

    /// <summary>Learns a dictionary.</summary>
    /// <param name="tokens">All its tokens, at least one.</param>
    /// <param name="coded">Told the number of tokens learned, now and then; may throw to cancel.</param>
    public PreparedDictionary Prepare(ReadOnlySpan<int> tokens, Action<int> coded)
    {
        var learned = tokens[^Math.Min(tokens.Length, PreparedDictionary.MaxTokens)..].ToArray();
        var predictor = NewPredictor(1);
        var prefixLength = PreparedDictionary.PrefixLength(learned.Length, window);
        LaneWindows? windows = null;
        try
        {
            windows = new LaneWindows(model, 1, learned.Length, window, null, null, MaxRows);
            Run(new TokenListener(), predictor, learned, new LaneLayout(learned.Length, 1, 0), windows, coded);
            if (prefixLength < learned.Length)
            {
                windows.Dispose();
                windows = new LaneWindows(model, 1, prefixLength, window, null, null, MaxRows);
                windows.Announce(0, learned.AsSpan(^prefixLength..));
                windows.MoveTo(prefixLength - 1);
            }

            return new PreparedDictionary(predictor, windows.AsPrefix());
        }
        catch
        {
            windows?.Dispose();
            throw;
        }
    }

    /// <summary>Codes all tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">Their lanes; without a primer after a dictionary.</param>
    /// <param name="dictionary">What comes before them, or null.</param>
    /// <param name="payload">Receives the payload.</param>
    /// <param name="coded">Told the number of tokens coded, now and then; may throw to cancel.</param>
    /// <param name="trace">Records the tokens; null for no record.</param>
    public void Encode(
        ReadOnlySpan<int> tokens, LaneLayout layout, PreparedDictionary? dictionary, IBufferWriter<byte> payload,
        Action<int> coded, TextTrace? trace = null)
    {
        var coder = new TokenEncoder(payload);
        var copy = tokens.ToArray();
        Run(Traced(coder, layout, trace), copy, layout, dictionary, coded);
        coder.Finish();
    }

    /// <summary>Decodes all tokens.</summary>
    /// <exception cref="CorruptArchiveException">No encoder could have written the payload.</exception>
    public int[] Decode(
        ReadOnlyMemory<byte> payload, LaneLayout layout, PreparedDictionary? dictionary, Action<int> coded,
        TextTrace? trace = null)
    {
        var coder = new TokenDecoder(payload);
        var tokens = new int[layout.Count];
        Run(Traced(coder, layout, trace), tokens, layout, dictionary, coded);
        coder.Finish();
        return tokens;
    }

    /// <summary>Releases what stays between frames.</summary>
    public void Dispose() => _shelf.Dispose();

    private static ITokenCoder Traced(ITokenCoder coder, LaneLayout layout, TextTrace? trace)
    {
        trace?.Begin(layout.Count);
        return trace is null ? coder : new TracingCoder(coder, layout, trace);
    }

    private void Run(
        ITokenCoder coder, int[] tokens, LaneLayout layout, PreparedDictionary? dictionary, Action<int> coded)
    {
        _predictor ??= NewPredictor(layout.Lanes);
        _predictor.ResetTo(dictionary?.Predictor, layout.Lanes);
        LaneWindows? primer = null;
        try
        {
            var prefix = dictionary?.Prefix;
            if (layout.Primer > 0)
            {
                primer = new LaneWindows(model, 1, layout.Primer, window, null, null, MaxRows);
                var alone = new LaneLayout(layout.Primer, 1, 0);
                Run(coder, _predictor, tokens.AsSpan(0, layout.Primer), alone, primer, done => coded(done));
                prefix = primer.AsPrefix();
            }

            using var windows = new LaneWindows(model, layout.Lanes, layout.Steps, window, prefix, _shelf, MaxRows);
            Run(coder, _predictor, tokens, layout, windows, done => coded(layout.Primer + done));
        }
        finally
        {
            primer?.Dispose();
        }
    }

    private void Run(
        ITokenCoder coder, Predictor predictor, Span<int> tokens, LaneLayout layout, LaneWindows windows,
        Action<int> coded)
    {
        if (coder.Encodes)
        {
            for (var lane = 0; lane < layout.Lanes; lane++)
            {
                windows.Announce(lane, tokens.Slice(layout.Start(lane), layout.Length(lane)));
            }
        }

        var done = 0;
        for (var step = 0; step < layout.Steps; step++)
        {
            if (!coder.Encodes && layout.Lanes == 1 && !windows.Has(step))
            {
                windows.Guess(step, _guesses.AsSpan(0, predictor.Guess(0, _guesses)));
            }

            windows.MoveTo(step);
            for (var lane = 0; lane < layout.Lanes && step < layout.Length(lane); lane++)
            {
                ref var token = ref tokens[layout.Start(lane) + step];
                predictor.Predict(lane, windows.Logits(lane, step), windows.HiddenState(lane, step), _cdf);
                token = coder.Code(_cdf, token);
                predictor.Update(lane, token);
                windows.Set(lane, step, token);
                done++;
            }

            coded(done);
        }
    }

    private Predictor NewPredictor(int lanes) => new(settings, model.Shape.Vocabulary, lanes, model.Shape.Hidden);
}
