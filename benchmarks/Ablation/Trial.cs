using System.Buffers;
using System.Diagnostics;
using NacrithOnnx.Runtime.Code;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Ablation;

/// <summary>One configuration of the predictor, with its output so far.</summary>
internal sealed class Trial
{
    private readonly ArrayBufferWriter<byte> _sink = new();
    private readonly RangeEncoder _encoder;
    private readonly Predictor _predictor;
    private readonly Cdf _cdf;
    private long _ticks;

    internal Trial(string name, PredictorSettings settings, int vocabularySize, int streams, int hiddenWidth)
    {
        Name = name;
        _encoder = new RangeEncoder(_sink);
        _predictor = new Predictor(settings, vocabularySize, streams, hiddenWidth);
        _cdf = new Cdf(vocabularySize);
    }

    internal string Name { get; }

    /// <summary>Bytes written.</summary>
    internal int Bytes => _sink.WrittenCount;

    /// <summary>Time of prediction, coding and learning together.</summary>
    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(0, _ticks);

    internal void Code(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token)
    {
        var start = Stopwatch.GetTimestamp();
        _predictor.Predict(stream, logits, hidden, _cdf);
        _cdf.Interval(token, out var low, out var frequency);
        _encoder.Encode(low, frequency, _cdf.Total);
        _predictor.Update(stream, token);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    internal void Finish() => _encoder.Finish();
}
