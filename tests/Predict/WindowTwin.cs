using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Predict;

/// <summary>
/// The rule of the window, and nothing else: every prediction is computed from the start, with a cache of its own. A
/// window holds the start token and then tokens of the primer and the lane; when it has no room for the next one, it
/// begins again with the last <see cref="WindowSettings.Keep"/>.
/// </summary>
internal sealed class WindowTwin(ILanguageModel model, WindowSettings settings, int[] primer)
{
    /// <summary>Logits and hidden state for the token of a lane at a step, as bits.</summary>
    public (uint[] Logits, uint[] Hidden) Predict(ReadOnlySpan<int> lane, int step)
    {
        int[] known = [.. primer, .. lane[..step]];
        var first = 0;
        for (var count = primer.Length; count <= known.Length; count++)
        {
            if (1 + count - first > settings.Context)
            {
                first = count - settings.Keep;
            }
        }

        int[] window = [model.Shape.StartToken, .. known.AsSpan(first)];
        using var cache = model.CreateCache(1, window.Length);
        var logits = LogitBits.Of(model.Forward(cache, window, window.Length - 1).Span);
        return (logits, LogitBits.Of(model.HiddenStates.Span));
    }
}
