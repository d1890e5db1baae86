using System.Globalization;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Ablation;

/// <summary>The gain of guesses in a decompressor of one lane: calls of the model saved, and rows wasted.</summary>
internal sealed class GuessTrial : IRowTrial
{
    private readonly Predictor _predictor;
    private readonly Cdf _cdf;
    private readonly int[] _guesses = new int[TextCoder.MaxGuesses];
    private readonly int[] _made = new int[TextCoder.MaxGuesses + 1];
    private readonly int[] _right = new int[TextCoder.MaxGuesses + 1];
    private int _count;
    private int _next;
    private bool _isPredicted;
    private int _tokens;
    private int _calls;

    internal GuessTrial(IRowSource source, PredictorSettings settings)
    {
        if (source.Streams != 1)
        {
            throw new ArgumentException("Only a decompressor of one lane guesses: --streams 1.");
        }

        _predictor = new Predictor(settings, source.Vocabulary, 1, source.HiddenWidth);
        _cdf = new Cdf(source.Vocabulary);
    }

    public void Code(int stream, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, int token)
    {
        if (!_isPredicted)
        {
            _count = _predictor.Guess(stream, _guesses);
            _next = 0;
            _calls++;
            _made[_count]++;
        }

        // The same call predicted the token after this one if the guess here was correct.
        _isPredicted = _next < _count && _guesses[_next] == token;
        if (_isPredicted)
        {
            _next++;
            _right[_count]++;
        }

        _predictor.Predict(stream, logits, hidden, _cdf);
        _predictor.Update(stream, token);
        _tokens++;
    }

    public void Report(string name)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {_tokens} tokens, {_calls} calls, {(double)_calls / _tokens:0.000} a token"));
        for (var count = 0; count <= TextCoder.MaxGuesses; count++)
        {
            if (_made[count] == 0)
            {
                continue;
            }

            var share = count == 0 ? 0 : 100.0 * _right[count] / (count * (long)_made[count]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"calls with {count} guesses: {_made[count],7}, {share,5:0.0} % of them correct"));
        }
    }
}
