using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

/// <summary>
/// Text to calibrate on: the model's own output. It suits any weights that are exported and, because the model is
/// exact, does not depend on the machine.
/// </summary>
internal static class CalibrationText
{
    /// <summary>Texts side by side.</summary>
    public const int Streams = 8;

    /// <summary>Most tokens of each, including the start token.</summary>
    private const int MaxLength = 256;

    /// <summary>Tokens of each text for a model: no more than its positions.</summary>
    public static int Length(ModelShape shape) => Math.Min(MaxLength, shape.Positions);

    /// <summary>Samples texts at temperature 1.</summary>
    /// <returns>Tokens [streams, length].</returns>
    public static int[] Sample(ILanguageModel model)
    {
        var length = Length(model.Shape);
        using var cache = model.CreateCache(Streams, length);
        var sampler = new TokenSampler();
        var tokens = new int[Streams * length];
        var step = new int[Streams];
        step.AsSpan().Fill(model.Shape.StartToken);
        for (var position = 0; position < length; position++)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                tokens[(stream * length) + position] = step[stream];
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
