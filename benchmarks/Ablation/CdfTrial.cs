using System.Diagnostics;
using System.Globalization;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Ablation;

/// <summary>The cost of integer frequencies in size, compared with softmax in double precision, and in time.</summary>
internal sealed class CdfTrial(IRowSource source) : IRowTrial
{
    private readonly Cdf _cdf = new(source.Vocabulary);
    private readonly float[] _noBias = new float[source.Vocabulary];
    private double _bits;
    private double _idealBits;
    private long _ticks;
    private int _tokens;

    public void Code(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token)
    {
        var start = Stopwatch.GetTimestamp();
        CdfBuilder.Build(logits, 1f, _noBias, _cdf);
        _cdf.Interval(token, out _, out var frequency);
        _ticks += Stopwatch.GetTimestamp() - start;
        _bits += Math.Log2((double)_cdf.Total / frequency);
        _idealBits += IdealBits(logits, token);
        _tokens++;
    }

    public void Report(string name) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {_tokens} tokens, {_idealBits / 8:0.0} bytes by softmax, {_bits / 8:0.0} by frequencies ({100 * ((_bits / _idealBits) - 1):+0.0000;-0.0000} %), {Stopwatch.GetElapsedTime(0, _ticks).TotalMicroseconds / _tokens:0.0} µs a token"));

    private static double IdealBits(ReadOnlySpan<float> logits, int token)
    {
        var maximum = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            maximum = Math.Max(maximum, logit);
        }

        double sum = 0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - maximum);
        }

        return (Math.Log(sum) + maximum - logits[token]) / Math.Log(2);
    }
}
