using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

/// <summary>
/// Text to calibrate on: what the model itself says. It fits whatever weights are exported, and because the model is
/// exact it is the same on every machine.
/// </summary>
internal static class CalibrationText
{
    /// <summary>Texts side by side.</summary>
    public const int Streams = 8;

    /// <summary>Tokens of each, the start token counted.</summary>
    public const int Length = 256;

    /// <summary>Samples texts at temperature 1.</summary>
    /// <returns>Tokens [streams, length].</returns>
    public static int[] Sample(ILanguageModel model)
    {
        using var cache = model.CreateCache(Streams, Length);
        var sampler = new TokenSampler();
        var tokens = new int[Streams * Length];
        var step = new int[Streams];
        step.AsSpan().Fill(model.Shape.StartToken);
        for (var position = 0; position < Length; position++)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                tokens[(stream * Length) + position] = step[stream];
            }

            var logits = model.Forward(cache, step, 0).Span;
            for (var stream = 0; stream < Streams; stream++)
            {
                step[stream] = sampler.Draw(logits.Slice(stream * model.Shape.Vocabulary, model.Shape.Vocabulary));
            }
        }

        return tokens;
    }
}
