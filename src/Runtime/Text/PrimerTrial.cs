using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// Decides whether the lanes of a text start with a primer, the first tokens of the text. It saves 0.6 and 0.7 % of the
/// whole at level 6 in a novel and a play, and costs 0.4 % in an encyclopedia, whose header differs from its articles.
/// </summary>
/// <remarks>
/// The compressor runs the model over the beginnings of some lanes both ways. That takes as long as about 1,500 tokens:
/// 4 % of the time of a text of 150 KB, 1 % of 512 KB. The sums, and so the decision, are the same on every machine.
/// </remarks>
internal static class PrimerTrial
{
    /// <summary>Lanes tested, including the first, which follows the primer anyway and is not counted.</summary>
    private const int MaxLanes = 8;

    /// <summary>
    /// Tokens of each: what a primer wins or loses, it does mostly before there is more of a lane to see.
    /// </summary>
    public const int Length = 64;

    /// <summary>Tries a layout with and without its primer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">All tokens.</param>
    /// <param name="layout">Lanes of at least <see cref="Length"/> tokens, and a primer.</param>
    /// <param name="stepped">Called after each step; may throw to cancel.</param>
    /// <param name="maxRows">See <see cref="LaneWindows"/>.</param>
    public static bool Wins(
        ILanguageModel model, ReadOnlySpan<int> tokens, LaneLayout layout, Action stepped, int maxRows = LaneWindows.MaxRows)
    {
        var window = new WindowSettings(layout.Primer + Length + 1, 1);
        using var primer = new LaneWindows(model, 1, layout.Primer, window, null, null, maxRows);
        primer.Announce(0, tokens[..layout.Primer]);
        for (var step = 0; step < layout.Primer; step++)
        {
            primer.MoveTo(step);
        }

        return Bits(model, tokens, layout, window, primer.AsPrefix(), stepped, maxRows)
            < Bits(model, tokens, layout, window, null, stepped, maxRows);
    }

    /// <summary>Bits that the model alone needs for the beginnings of all lanes except the first.</summary>
    private static double Bits(
        ILanguageModel model, ReadOnlySpan<int> tokens, LaneLayout layout, WindowSettings window, WindowPrefix? primer,
        Action stepped, int maxRows)
    {
        var lanes = Math.Min(layout.Lanes, MaxLanes);
        using var windows = new LaneWindows(model, lanes, Length, window, primer, null, maxRows);
        for (var lane = 0; lane < lanes; lane++)
        {
            windows.Announce(lane, tokens.Slice(layout.Start(lane), Length));
        }

        var cdf = new Cdf(model.Shape.Vocabulary);
        var noBias = new float[model.Shape.Vocabulary];
        var bits = 0.0;
        for (var step = 0; step < Length; step++)
        {
            windows.MoveTo(step);
            for (var lane = 1; lane < lanes; lane++)
            {
                CdfBuilder.Build(windows.Logits(lane, step), 1f, noBias, cdf);
                bits += ExactLog2.Of(cdf.Total) - ExactLog2.Of(cdf.Frequencies[tokens[layout.Start(lane) + step]]);
            }

            stepped();
        }

        return bits;
    }
}
