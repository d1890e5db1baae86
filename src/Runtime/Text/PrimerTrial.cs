using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// Whether the lanes of a text do better behind a primer, its first tokens: they do in a novel or a play (0.6 and 0.7 %
/// of the whole at level 6) and do not in an encyclopedia, which begins with a header unlike its articles (+0.4 %).
/// </summary>
/// <remarks>
/// The compressor runs the model over the beginnings of some lanes both ways. That takes as long as some 1,500 tokens:
/// 4 % of the time of a text of 150 KB, 1 % of 512 KB. The sums are those of every machine, and so is the answer.
/// </remarks>
internal static class PrimerTrial
{
    /// <summary>Lanes looked at, the first included, which follows the primer anyway and does not count.</summary>
    private const int MaxLanes = 8;

    /// <summary>Tokens of each: what a primer wins or loses, it does mostly before there is more of a lane to see.</summary>
    private const int Length = 64;

    /// <summary>Tries a layout with and without its primer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">All tokens.</param>
    /// <param name="layout">Lanes of <see cref="Length"/> tokens at least, and a primer.</param>
    /// <param name="stepped">Called now and then; may throw to cancel.</param>
    public static bool Wins(ILanguageModel model, ReadOnlySpan<int> tokens, LaneLayout layout, Action stepped)
    {
        var window = new WindowSettings(layout.Primer + Length + 1, 1);
        using var primer = new LaneWindows(model, 1, layout.Primer, window, null);
        primer.Announce(0, tokens[..layout.Primer]);
        for (var step = 0; step < layout.Primer; step++)
        {
            primer.MoveTo(step);
        }

        return Bits(model, tokens, layout, window, primer, stepped) < Bits(model, tokens, layout, window, null, stepped);
    }

    /// <summary>Bits that the model alone needs for the beginnings of the lanes but the first.</summary>
    private static double Bits(
        ILanguageModel model, ReadOnlySpan<int> tokens, LaneLayout layout, WindowSettings window, LaneWindows? primer,
        Action stepped)
    {
        var lanes = Math.Min(layout.Lanes, MaxLanes);
        using var windows = new LaneWindows(model, lanes, Length, window, primer);
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
