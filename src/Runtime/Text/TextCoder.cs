using System.Buffers;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// Tokens of one frame into a payload and back: predict, mix, code, learn. Both directions run this one loop.
/// </summary>
internal sealed class TextCoder(ILanguageModel model, WindowSettings window, PredictorSettings settings)
{
    /// <summary>
    /// A row more costs a fifth of a call of one row, so that longer guesses pay only inside long repetitions, and there
    /// eight rows already take the time of two.
    /// </summary>
    internal const int MaxGuesses = 8;

    private readonly Cdf _cdf = new(model.Shape.Vocabulary);
    private readonly int[] _guesses = new int[MaxGuesses];

    /// <summary>Takes the primer out of a layout whose lanes do better without it, or whose windows have no room.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">What the level would like.</param>
    /// <param name="coded">Told of 0 tokens, now and then; may throw to cancel.</param>
    public LaneLayout Settle(ReadOnlySpan<int> tokens, LaneLayout layout, Action<int> coded) =>
        layout.Primer > 0 && layout.Primer <= window.Context / 2
            && PrimerTrial.Wins(model, tokens, layout, () => coded(0))
                ? layout
                : layout with { Primer = 0 };

    /// <summary>Codes all tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">Their lanes.</param>
    /// <param name="payload">Receives the payload.</param>
    /// <param name="coded">Told the number of tokens coded, now and then; may throw to cancel.</param>
    public void Encode(ReadOnlySpan<int> tokens, LaneLayout layout, IBufferWriter<byte> payload, Action<int> coded)
    {
        var coder = new TokenEncoder(payload);
        var copy = tokens.ToArray();
        Run(coder, copy, layout, coded);
        coder.Finish();
    }

    /// <summary>Decodes all tokens.</summary>
    /// <exception cref="CorruptArchiveException">No encoder could have written the payload.</exception>
    public int[] Decode(ReadOnlyMemory<byte> payload, LaneLayout layout, Action<int> coded)
    {
        var coder = new TokenDecoder(payload);
        var tokens = new int[layout.Count];
        Run(coder, tokens, layout, coded);
        coder.Finish();
        return tokens;
    }

    private void Run(ITokenCoder coder, int[] tokens, LaneLayout layout, Action<int> coded)
    {
        var predictor = new Predictor(
            settings, model.Shape.Vocabulary, layout.Lanes, model.Shape.Hidden);
        LaneWindows? primer = null;
        try
        {
            if (layout.Primer > 0)
            {
                primer = new LaneWindows(model, 1, layout.Primer, window, null);
                var alone = new LaneLayout(layout.Primer, 1, 0);
                Run(coder, predictor, tokens.AsSpan(0, layout.Primer), alone, primer, done => coded(done));
            }

            using var windows = new LaneWindows(model, layout.Lanes, layout.Steps, window, primer);
            Run(coder, predictor, tokens, layout, windows, done => coded(layout.Primer + done));
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
}
