using NacrithOnnx.Runtime.Mix;
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
        var noBias = new float[model.Shape.Vocabulary];
        var cdf = new Cdf(model.Shape.Vocabulary);
        var tokens = new int[Streams * Length];
        var step = new int[Streams];
        step.AsSpan().Fill(model.Shape.StartToken);
        var random = 0UL;
        for (var position = 0; position < Length; position++)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                tokens[(stream * Length) + position] = step[stream];
            }

            var logits = model.Forward(cache, step, 0).Span;
            for (var stream = 0; stream < Streams; stream++)
            {
                CdfBuilder.Build(logits.Slice(stream * model.Shape.Vocabulary, model.Shape.Vocabulary), 1, noBias, cdf);
                var target = (ulong)(((UInt128)SplitMix(ref random) * cdf.Total) >> 64);
                step[stream] = cdf.Find(target, out _, out _);
            }
        }

        return tokens;
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
