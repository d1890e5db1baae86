using System.Buffers;
using System.Diagnostics;
using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>Compresses some tokens as one stream and tells the model's time from that of all behind it.</summary>
/// <param name="ModelSeconds">Time in the model.</param>
/// <param name="CoderSeconds">Time of predictor, CDF and range coder.</param>
internal readonly record struct PrefillPass(double ModelSeconds, double CoderSeconds)
{
    public static PrefillPass Run(ILanguageModel model, ReadOnlySpan<int> tokens, int chunk)
    {
        var vocabulary = model.Shape.Vocabulary;
        var predictor = new Predictor(PredictorSettings.Ensemble, vocabulary, lanes: 1);
        var cdf = new Cdf(vocabulary);
        var encoder = new RangeEncoder(new ArrayBufferWriter<byte>());
        using var cache = model.CreateCache(lanes: 1, tokens.Length);
        var call = new int[chunk];
        long modelTicks = 0, coderTicks = 0;
        for (var start = 0; start < tokens.Length; start += chunk)
        {
            var count = Math.Min(chunk, tokens.Length - start);
            for (var i = 0; i < count; i++)
            {
                call[i] = start + i == 0 ? model.Shape.StartToken : tokens[start + i - 1];
            }

            var began = Stopwatch.GetTimestamp();
            var logits = model.Forward(cache, call.AsSpan(0, count), logitsFrom: 0);
            var predicted = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var token = tokens[start + i];
                predictor.Predict(0, logits.Span.Slice(i * vocabulary, vocabulary), cdf);
                cdf.Interval(token, out var low, out var frequency);
                encoder.Encode(low, frequency, cdf.Total);
                predictor.Update(0, token);
            }

            coderTicks += Stopwatch.GetTimestamp() - predicted;
            modelTicks += predicted - began;
        }

        encoder.Finish();
        return new(Stopwatch.GetElapsedTime(0, modelTicks).TotalSeconds, Stopwatch.GetElapsedTime(0, coderTicks).TotalSeconds);
    }
}
