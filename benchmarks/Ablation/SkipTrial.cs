using System.Globalization;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Ablation;

/// <summary>
/// The gain and loss of confidence skip: where <see cref="CheapModel"/> is confident enough, one binary decision codes
/// whether its guess is correct, and the language model runs only if it is not. Optimistic, because the predictor still
/// learns from the language model everywhere.
/// </summary>
internal sealed class SkipTrial : IRowTrial
{
    private static readonly double[] Thresholds = [0.8, 0.9, 0.95, 0.98, 0.99];

    private readonly Predictor _predictor;
    private readonly Cdf _cdf;
    private readonly CheapModel _cheap;
    private readonly double[] _bits = new double[Thresholds.Length];
    private readonly int[] _skipped = new int[Thresholds.Length];
    private double _allBits;
    private int _tokens;

    internal SkipTrial(IRowSource source, PredictorSettings settings)
    {
        _predictor = new Predictor(settings, source.Vocabulary, source.Streams, source.HiddenWidth);
        _cdf = new Cdf(source.Vocabulary);
        _cheap = new CheapModel(source.Streams);
    }

    public void Code(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token)
    {
        _predictor.Predict(stream, logits, hidden, _cdf);
        var (guess, confidence) = _cheap.Guess(stream);
        double total = _cdf.Total;
        var asked = Math.Log2(total / _cdf.Frequencies[token]);
        for (var i = 0; i < Thresholds.Length; i++)
        {
            if (confidence < Thresholds[i])
            {
                _bits[i] += asked;
            }
            else if (guess == token)
            {
                _bits[i] -= Math.Log2(confidence);
                _skipped[i]++;
            }
            else
            {
                // The guess is ruled out: the other tokens share its probability.
                _bits[i] += asked - Math.Log2(1 - confidence) + Math.Log2((total - _cdf.Frequencies[guess]) / total);
            }
        }

        _allBits += asked;
        _tokens++;
        _predictor.Update(stream, token);
        _cheap.Update(stream, token);
    }

    public void Report(string name)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {_tokens} tokens, {_allBits / 8:0} bytes without skipping"));
        for (var i = 0; i < Thresholds.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"sure by {Thresholds[i]:0.00}: {100.0 * _skipped[i] / _tokens,6:0.00} % skipped, {100 * ((_bits[i] / _allBits) - 1):+0.00;-0.00} % bytes"));
        }
    }
}
