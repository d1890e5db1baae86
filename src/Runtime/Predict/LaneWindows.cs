using System.Diagnostics;

namespace NacrithOnnx.Runtime.Predict;

/// <summary>
/// Predictions for lanes of tokens in lock step, each seen through a window of bounded length. A full window is
/// rebuilt from the start token and its last tokens: evicting the first ones instead would take away what attention
/// rests on (Xiao et al., Efficient Streaming Language Models with Attention Sinks, 2023).
/// </summary>
/// <remarks>
/// Whatever tokens are known ahead are fed in one call, so a compressor runs at matrix speed what a decompressor runs
/// step by step; the logits are the same. So are those after a guess that came true, hence a decompressor of one lane
/// may feed guesses as well (Leviathan et al., Fast Inference from Transformers via Speculative Decoding, 2023; without
/// their sampling, since here only the token itself can be right).
/// </remarks>
internal sealed class LaneWindows : IDisposable
{
    /// <summary>
    /// Rows of one call: 256 rows of a vocabulary of 49,152 are 48 MiB of logits, and longer calls are hardly faster.
    /// </summary>
    private const int MaxRows = 256;

    private readonly ILanguageModel _model;
    private readonly IKeyValueCache _cache;
    private readonly int[] _tokens;
    private readonly int _length;
    private readonly int _keep;
    private readonly int[] _primer = [];
    private int[] _call = [];

    /// <summary>Index of the token that position 1 of the window holds; negative while a primer is in it.</summary>
    private int _base;
    private int _known;

    /// <summary>End of the tokens that are guesses; none if not above <see cref="_known"/>.</summary>
    private int _guessed;
    private int _blockStart;
    private int _blockCount;
    private ReadOnlyMemory<float> _logits;
    private ReadOnlyMemory<float> _hidden;

    /// <summary>Opens windows on lanes of equal length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="length">Tokens of each lane.</param>
    /// <param name="window">Length of a window.</param>
    /// <param name="primer">Windows of one lane whose tokens precede every lane, or null.</param>
    public LaneWindows(ILanguageModel model, int lanes, int length, WindowSettings window, LaneWindows? primer)
    {
        _model = model;
        _length = length;
        _keep = window.Keep;
        _tokens = new int[lanes * length];
        _cache = model.CreateCache(lanes, window.Context);
        if (primer is not null)
        {
            // The primer's last token has not been fed yet; it is fed here as the one before each lane. Where a window
            // is rebuilt soon, more of its tokens are.
            _base = -primer._cache.Length;
            _primer = primer._tokens;
            _cache.CopyFrom(primer._cache);
        }
    }

    /// <summary>Lanes side by side.</summary>
    public int Lanes => _cache.Lanes;

    /// <summary>Sets tokens of a lane that are known before they are coded.</summary>
    public void Announce(int lane, ReadOnlySpan<int> tokens)
    {
        tokens.CopyTo(_tokens.AsSpan(lane * _length, _length));
        _known = _length;
    }

    /// <summary>Whether the predictions of a step are there without another call of the model.</summary>
    public bool Has(int step) => step < _blockStart + _blockCount;

    /// <summary>Guesses the tokens of the only lane from a step on, to be fed along with the next call.</summary>
    public void Guess(int step, ReadOnlySpan<int> tokens)
    {
        Debug.Assert(Lanes == 1 && step == _known && !Has(step), "Only the next call of one lane takes guesses.");
        tokens = tokens[..Math.Min(tokens.Length, _length - 1 - step)];
        tokens.CopyTo(_tokens.AsSpan(step));
        _guessed = step + tokens.Length;
    }

    /// <summary>Sets a token after it has been decoded.</summary>
    public void Set(int lane, int step, int token)
    {
        ref var place = ref _tokens[(lane * _length) + step];
        if (step < _guessed && place != token)
        {
            // What was fed and predicted after a wrong guess is of no use.
            _guessed = step;
            _blockCount = Math.Min(_blockCount, step + 1 - _blockStart);
            _cache.Truncate(Math.Min(_cache.Length, step - _base + 1));
        }

        place = token;
        _known = Math.Max(_known, step + 1);
    }

    /// <summary>Makes the predictions of a step available; steps come in order.</summary>
    public void MoveTo(int step)
    {
        if (Has(step))
        {
            return;
        }

        if (step - _base >= _cache.Capacity)
        {
            _cache.Truncate(0);
            _base = step - _keep;
        }

        do
        {
            Feed(step);
        }
        while (_blockCount == 0);
    }

    /// <summary>Logits of a lane for the step moved to.</summary>
    public ReadOnlySpan<float> Logits(int lane, int step)
    {
        var vocabulary = _model.Shape.Vocabulary;
        return _logits.Span.Slice(((lane * _blockCount) + step - _blockStart) * vocabulary, vocabulary);
    }

    /// <summary>Hidden state of a lane for the step moved to.</summary>
    public ReadOnlySpan<float> HiddenState(int lane, int step)
    {
        var width = _model.Shape.Hidden;
        return _hidden.Span.Slice(((lane * _blockCount) + step - _blockStart) * width, width);
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>Feeds one call; leaves the block empty where it does not reach <paramref name="step"/>.</summary>
    private void Feed(int step)
    {
        var first = _cache.Length;
        var last = Math.Min(Math.Min(Math.Max(_known, _guessed), _length - 1) - _base, _cache.Capacity - 1);
        var count = Math.Min(Math.Max(1, MaxRows / Lanes), last - first + 1);
        if (_call.Length < count * Lanes)
        {
            _call = new int[count * Lanes];
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < count; i++)
            {
                _call[(lane * count) + i] = TokenAt(lane, first + i);
            }
        }

        var logitsFrom = Math.Clamp(step - _base - first, 0, count);
        _logits = _model.Forward(_cache, _call.AsSpan(0, count * Lanes), logitsFrom);
        _hidden = _model.HiddenStates;
        _blockStart = _base + first + logitsFrom;
        _blockCount = count - logitsFrom;
    }

    private int TokenAt(int lane, int position)
    {
        if (position == 0)
        {
            return _model.Shape.StartToken;
        }

        var index = _base + position - 1;
        return index < 0 ? _primer[_primer.Length + index] : _tokens[(lane * _length) + index];
    }
}
