using System.Diagnostics;

namespace NacrithOnnx.Runtime.Predict;

/// <summary>
/// Predictions for lanes of tokens in lock step, each seen through a window of bounded length. A full window is
/// rebuilt from the start token and its last tokens: evicting the first tokens instead would remove the attention sink
/// (Xiao et al., Efficient Streaming Language Models with Attention Sinks, 2023).
/// </summary>
/// <remarks>
/// All tokens known ahead are fed in one call, so a compressor runs matrix products where a decompressor runs single
/// steps; and while it codes the predictions of one call, the next call runs. The logits are the same. They are also the
/// same after a correct guess, so a decompressor of one lane may feed guesses (Leviathan et al., Fast Inference from
/// Transformers via Speculative Decoding, 2023; without their sampling, since here only the actual token is correct).
/// </remarks>
internal sealed class LaneWindows : IDisposable
{
    /// <summary>
    /// Maximum rows per call, if there is memory for them. The logits of 128 rows of a vocabulary of 49,152 are 24 MiB, those
    /// of two calls and the sums that they come from 72 MiB. Calls of 256 rows are hardly faster.
    /// </summary>
    public const int MaxRows = 128;

    /// <summary>
    /// A cache of 64 MiB is worth a collection: trials leave up to 110 MB of caches, which would stay beside it for a while.
    /// </summary>
    private const long LargeCache = 64 << 20;

    private readonly ILanguageModel _model;
    private readonly IKeyValueCache _cache;
    private readonly CacheShelf? _shelf;
    private readonly WindowPrefix? _prefix;
    private readonly int[] _tokens;
    private readonly int _length;
    private readonly WindowSettings _window;
    private readonly int _maxRows;
    private int[] _call = [];

    /// <summary>Index of the token that position 1 of the window holds; negative while a prefix is in it.</summary>
    private int _base;
    private bool _isRebuilt;
    private bool _isAnnounced;
    private int _known;

    /// <summary>End of the guessed tokens; there are none if it is not above <see cref="_known"/>.</summary>
    private int _guessed;
    private Block _block;

    /// <summary>The next block, if it is computed while this one is coded. Only its thread feeds the model meanwhile.</summary>
    private Task<Block>? _ahead;

    /// <summary>Opens windows on lanes of equal length.</summary>
    /// <param name="model">The model.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="length">Tokens of each lane.</param>
    /// <param name="window">Length of a window.</param>
    /// <param name="prefix">What stands before every lane, or null.</param>
    /// <param name="shelf">Where a single lane gets its cache from, or null.</param>
    /// <param name="maxRows">Maximum rows per call, if that is at least one of each lane.</param>
    public LaneWindows(
        ILanguageModel model, int lanes, int length, WindowSettings window, WindowPrefix? prefix,
        CacheShelf? shelf = null, int maxRows = MaxRows)
    {
        _model = model;
        _length = length;
        _window = window;
        _maxRows = maxRows;
        _tokens = new int[lanes * length];
        _prefix = prefix;
        _shelf = lanes == 1 ? shelf : null;

        // The prefix's last token is fed as the one before each lane. Where a window is rebuilt soon, more of its
        // tokens are.
        _base = -(prefix?.Tokens.Length ?? 0);
        var positions = (int)Math.Min(window.Context, Math.Max((long)length - _base, 1));
        if (_shelf is not null)
        {
            _cache = _shelf.Take(positions, prefix);
            return;
        }

        if (model.Shape.CacheLength(lanes, positions) >= LargeCache)
        {
            GC.Collect();
        }

        _cache = model.CreateCache(lanes, positions);
        if (prefix is not null)
        {
            _cache.CopyFrom(prefix.Cache);
        }
    }

    /// <summary>Number of lanes.</summary>
    public int Lanes => _cache.Lanes;

    /// <summary>Sets the tokens of a lane before they are coded; all lanes must be announced, or none.</summary>
    public void Announce(int lane, ReadOnlySpan<int> tokens)
    {
        tokens.CopyTo(_tokens.AsSpan(lane * _length, _length));
        _known = _length;
        _isAnnounced = true;
    }

    /// <summary>Whether the predictions of a step are available without another call of the model.</summary>
    public bool Has(int step) => step < _block.End;

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
        if (_isAnnounced)
        {
            return;
        }

        ref var place = ref _tokens[(lane * _length) + step];
        if (step < _guessed && place != token)
        {
            // Everything fed and predicted after an incorrect guess is discarded.
            _guessed = step;
            _block = _block with { Count = Math.Min(_block.Count, step + 1 - _block.Start) };
            _cache.Truncate(Math.Min(_cache.Length, step - _base + 1));
        }

        place = token;
        _known = Math.Max(_known, step + 1);
    }

    /// <summary>Makes the predictions of a step available; steps must be in order.</summary>
    public void MoveTo(int step)
    {
        if (Has(step))
        {
            return;
        }

        _block = _ahead is null ? Compute(step) : _ahead.GetAwaiter().GetResult();
        _ahead = _isAnnounced && _model.IsParallel && _block.End < _length ? Task.Run(() => Compute(_block.End)) : null;
    }

    /// <summary>Logits of a lane for the current step.</summary>
    public ReadOnlySpan<float> Logits(int lane, int step)
    {
        var vocabulary = _model.Shape.Vocabulary;
        return _block.Logits.Span.Slice(((lane * _block.Count) + step - _block.Start) * vocabulary, vocabulary);
    }

    /// <summary>Hidden state of a lane for the current step.</summary>
    public ReadOnlySpan<float> HiddenState(int lane, int step)
    {
        var width = _model.Shape.Hidden;
        return _block.Hidden.Span.Slice(((lane * _block.Count) + step - _block.Start) * width, width);
    }

    /// <summary>All tokens of the only lane as a prefix of other windows; the cache stays with these.</summary>
    public WindowPrefix AsPrefix()
    {
        Debug.Assert(Lanes == 1 && _cache.Length == _length && !_isRebuilt, "All but the last token have been fed.");
        return new WindowPrefix(_tokens, _cache);
    }

    public void Dispose()
    {
        if (_ahead is not null)
        {
            // The cache is in use until then; what became of the call no longer matters.
            Task.WhenAny(_ahead).Wait();
        }

        if (_shelf is null)
        {
            _cache.Dispose();
        }
        else
        {
            _shelf.Return(_cache, _isRebuilt ? null : _prefix);
        }
    }

    /// <summary>The predictions from a step on.</summary>
    private Block Compute(int step)
    {
        if (step - _base >= _window.Context)
        {
            _cache.Truncate(0);
            _base = step - _window.Keep;
            _isRebuilt = true;
        }

        Block block;
        do
        {
            block = Feed(step);
        }
        while (block.Count == 0);
        return block;
    }

    /// <summary>Feeds one call; its block is empty if it does not reach <paramref name="step"/>.</summary>
    private Block Feed(int step)
    {
        var first = _cache.Length;
        var last = Math.Min(Math.Min(Math.Max(_known, _guessed), _length - 1) - _base, _window.Context - 1);
        var count = Math.Min(Math.Max(1, _maxRows / Lanes), last - first + 1);
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
        var logits = _model.Forward(_cache, _call.AsSpan(0, count * Lanes), logitsFrom);
        return new Block(_base + first + logitsFrom, count - logitsFrom, logits, _model.HiddenStates);
    }

    private int TokenAt(int lane, int position)
    {
        if (position == 0)
        {
            return _model.Shape.StartToken;
        }

        var index = _base + position - 1;
        return index < 0 ? _prefix!.Tokens[^-index] : _tokens[(lane * _length) + index];
    }

    /// <summary>Predictions of one call: steps from <paramref name="Start"/> on, of every lane.</summary>
    private readonly record struct Block(
        int Start, int Count, ReadOnlyMemory<float> Logits, ReadOnlyMemory<float> Hidden)
    {
        public int End => Start + Count;
    }
}
