using System.Buffers;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// Codes the tokens of one frame into a payload and back: predict, mix, code, learn. Both directions run this loop.
/// </summary>
internal sealed class TextCoder(ILanguageModel model, WindowSettings window, PredictorSettings settings)
{
    /// <summary>
    /// An additional row costs a fifth of a call of one row, so longer guesses are worthwhile only inside long
    /// repetitions, where eight rows take the time of two.
    /// </summary>
    internal const int MaxGuesses = 8;

    private readonly Cdf _cdf = new(model.Shape.Vocabulary);
    private readonly int[] _guesses = new int[MaxGuesses];

    /// <summary>
    /// Removes the primer from a layout whose lanes are smaller without it, or whose windows have no room for it.
    /// </summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">The layout that the level proposes.</param>
    /// <param name="coded">Called with 0 tokens during the trial; may throw to cancel.</param>
    public LaneLayout Settle(ReadOnlySpan<int> tokens, LaneLayout layout, Action<int> coded) =>
        layout.Primer > 0 && layout.Primer <= window.Context / 2
            && PrimerTrial.Wins(model, tokens, layout, () => coded(0))
                ? layout
                : layout with { Primer = 0 };

    /// <summary>Codes all tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">Their lanes.</param>
    /// <param name="payload">Receives the payload.</param>
    /// <param name="coded">Receives the number of tokens coded; may throw to cancel.</param>
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
