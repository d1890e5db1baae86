using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Turns the logits of the language model into frequencies for coding, and learns from each coded token.
/// </summary>
/// <remarks>
/// Everything adds up in the log domain:
/// <code>
/// z_i = weight · logit_i + bias_i + A_i · hidden state + Σ log-odds of the contexts and matches that propose i
/// p_i = e^z_i / Σ e^z
/// </code>
/// The first two terms are dense: one vectorised exponential over the vocabulary. The others concern few tokens, whose
/// frequencies are multiplied by a factor afterwards. Every part learns by the gradient of −log2 p of the actual token,
/// all from the same final p.
/// <para>
/// One predictor serves a whole frame. The frame's lanes take turns: Predict(0), Update(0), Predict(1), Update(1) …,
/// in the same order in compressor and decompressor, so each lane uses what the previous one has learned.
/// </para>
/// </remarks>
internal sealed class Predictor
{
    // Fraction of the full step at the first token; see PredictorSettings.Warmup.
    private const float FirstStep = 0.2f;

    private readonly PredictorSettings _settings;
    private TokenHistory[] _histories;
    private readonly BiasHead _bias;
    private readonly HiddenHead? _hidden;
    private readonly int _hiddenWidth;
    private readonly TokenContextModel _contexts;
    private readonly TokenMatchModel _matches;
    private readonly EvidenceTable _evidence;
    private readonly CandidateSet _candidates;

    // The state last reset to, which is not changed while this predictor may go back to it; null for no experience.
    private Predictor? _origin;

    // The table filled by the Predict whose Update is due, else null.
    private Cdf? _pending;
    private int _pendingLane;

    // Tokens coded in all lanes, up to 2^24, the limit of exact integers in binary32.
    private int _coded;

    /// <summary>Creates a predictor that has learned nothing.</summary>
    /// <param name="settings">Settings of the parts.</param>
    /// <param name="vocabularySize">Number of tokens, 1 to <see cref="Cdf.MaximumSize"/>.</param>
    /// <param name="lanes">Number of lanes in the frame, at least 1.</param>
    /// <param name="hiddenWidth">
    /// Channels of the hidden state passed to each prediction, a multiple of 16; or 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its documented range.</exception>
    public Predictor(PredictorSettings settings, int vocabularySize, int lanes, int hiddenWidth = 0)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vocabularySize, Cdf.MaximumSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hiddenWidth);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hiddenWidth % ExactDot.Lanes, 0, nameof(hiddenWidth));
        _settings = settings;
        _hiddenWidth = hiddenWidth;
        _histories = Histories(lanes);
        _bias = new BiasHead(settings, vocabularySize);
        if (hiddenWidth > 0 && settings.HiddenRate > 0f)
        {
            _hidden = new HiddenHead(settings, vocabularySize, hiddenWidth);
        }

        _contexts = new TokenContextModel(settings);
        _matches = new TokenMatchModel(settings, _histories, _contexts.Kinds);
        _evidence = new EvidenceTable(
            _contexts.Kinds + _matches.Kinds, settings.EvidenceRate, settings.EvidenceFloor);
        _candidates = new CandidateSet(vocabularySize);
    }

    /// <summary>Predicts the next token of a lane.</summary>
    /// <param name="lane">The lane, below the number of lanes.</param>
    /// <param name="logits">The language model's natural-log scores, one per token.</param>
    /// <param name="hidden">The final hidden state, of the width given to the constructor; else empty.</param>
    /// <param name="cdf">
    /// Receives the frequencies; its size is that of the vocabulary. <see cref="Update"/> reads it again, so it must
    /// not change until then.
    /// </param>
    /// <exception cref="InvalidOperationException">The last prediction has had no Update.</exception>
    public void Predict(int lane, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, Cdf cdf)
    {
        if (hidden.Length != _hiddenWidth)
        {
            throw new ArgumentException("The width of the hidden state is not that of the predictor.", nameof(hidden));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)lane, (uint)_histories.Length, nameof(lane));
        ArgumentNullException.ThrowIfNull(cdf);
        if (_pending is not null)
        {
            throw new InvalidOperationException("Update must follow each Predict.");
        }

        CdfBuilder.Build(logits, _settings.LogitWeight, _bias.Bias, cdf);
        _hidden?.Correct(hidden, cdf);
        _candidates.Clear();
        _contexts.Propose(_histories[lane], _candidates);
        _matches.Propose(lane, _candidates);
        Weigh(cdf);
        Correct(cdf);
        _pending = cdf;
        _pendingLane = lane;
    }

    /// <summary>Predicts without a hidden state; see the other overload.</summary>
    /// <param name="lane">The lane, below the number of lanes.</param>
    /// <param name="logits">The language model's natural-log scores, one per token.</param>
    /// <param name="cdf">Receives the frequencies; must not change until <see cref="Update"/>.</param>
    public void Predict(int lane, ReadOnlySpan<float> logits, Cdf cdf) => Predict(lane, logits, [], cdf);

    /// <summary>Learns the token that followed the last prediction.</summary>
    /// <param name="lane">The lane of that prediction.</param>
    /// <param name="token">The token, below the vocabulary's size.</param>
    /// <exception cref="InvalidOperationException">The last call was not a Predict of this lane.</exception>
    public void Update(int lane, int token)
    {
        if (_pending is not { } cdf || _pendingLane != lane)
        {
            throw new InvalidOperationException("Update must follow a Predict of the same lane.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)cdf.Size, nameof(token));

        _pending = null;
        var unit = (float)(1.0 / (long)cdf.Total);
        LearnEvidence(cdf, token, unit);
        _hidden?.Learn(cdf, token, unit);
        var step = Step();
        if (_settings.BiasRate > 0f)
        {
            _bias.Learn(cdf, token, step);
        }

        var history = _histories[lane];
        _contexts.Count(history, token, step * (1f - ((int)cdf.Frequencies[token] * unit)));
        history.Append(token);
        _matches.Advance(lane, token);
    }

    /// <summary>
    /// Guesses the next tokens of a lane from what followed earlier. Changes nothing. Decoders feed guesses to the
    /// language model before the tokens are known.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="tokens">Receives the guesses.</param>
    /// <returns>Number of guesses, 0 if none is worthwhile.</returns>
    public int Guess(int lane, Span<int> tokens)
    {
        var count = _matches.Guess(lane, tokens);
        return count > 0 ? count : _contexts.Guess(_histories[lane], tokens);
    }

    /// <summary>
    /// Takes over what another predictor has learned, or forgets everything. Going back to the state that this
    /// predictor had after its last reset costs only what has changed since.
    /// </summary>
    /// <param name="origin">
    /// A predictor of the same settings, vocabulary and width, with as many lanes at most; it must not change from now
    /// on. Null for no experience.
    /// </param>
    /// <param name="lanes">Lanes from now on; those that the origin lacks have coded no token.</param>
    internal void ResetTo(Predictor? origin, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, Math.Max(origin?._histories.Length ?? 1, 1));
        var onlyChanges = ReferenceEquals(origin, _origin);
        var sameLanes = lanes == _histories.Length;
        _histories = sameLanes ? _histories : Histories(lanes);
        for (var lane = 0; lane < lanes; lane++)
        {
            var source = origin is not null && lane < origin._histories.Length ? origin._histories[lane] : null;
            _histories[lane].ResetTo(source, onlyChanges && sameLanes);
        }

        _bias.ResetTo(origin?._bias);
        _hidden?.ResetTo(origin?._hidden, onlyChanges);
        _contexts.ResetTo(origin?._contexts, onlyChanges);
        _matches.ResetTo(origin?._matches, _histories);
        _evidence.ResetTo(origin?._evidence);
        _coded = origin?._coded ?? 0;
        _pending = null;
        _origin = origin;
    }

    /// <summary>Hash of everything learned: equal in compressor and decompressor after each token. Slow.</summary>
    internal ulong HashState()
    {
        var hash = new StateHash();
        _bias.AddTo(ref hash);
        _hidden?.AddTo(ref hash);
        _contexts.AddTo(ref hash);
        _matches.AddTo(ref hash);
        hash.Add(_evidence.State);
        return hash.Value;
    }

    /// <summary>Whether all learned values are finite.</summary>
    internal bool IsFinite() => AreFinite(_bias.Bias) && AreFinite(_evidence.State) && (_hidden?.IsFinite() ?? true);

    /// <summary>Whether all values are finite.</summary>
    internal static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static TokenHistory[] Histories(int lanes)
    {
        var histories = new TokenHistory[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            histories[lane] = new TokenHistory();
        }

        return histories;
    }

    private float Step()
    {
        const int Enough = 1 << 24;
        float warmup = _settings.Warmup;
        var step = ((_coded + 1) + (FirstStep * warmup)) / ((_coded + 1) + warmup);
        _coded = Math.Min(_coded + 1, Enough);
        return step;
    }

    private void Weigh(Cdf cdf)
    {
        var totalBits = ExactLog2.Of(cdf.Total);
        foreach (ref var candidate in _candidates.Items)
        {
            var bits = totalBits - ExactLog2.Of(cdf.Frequencies[candidate.Token]);
            candidate.Knot = EvidenceTable.Locate(bits, out candidate.Fraction);
            var sum = 0f;
            for (var i = 0; i < candidate.Count; i++)
            {
                ref readonly var proposal = ref candidate.Proposals[i];
                sum += _evidence.Read(proposal.Kind, candidate.Knot, candidate.Fraction);
                if (proposal.Order > 0)
                {
                    sum += _contexts.LogOdds(proposal);
                }
            }

            sum = sum > -Correction.Limit ? sum : -Correction.Limit;
            candidate.LogOdds = sum < Correction.Limit ? sum : Correction.Limit;
        }
    }

    private void Correct(Cdf cdf)
    {
        var items = _candidates.Items;
        Span<int> tokens = stackalloc int[CandidateSet.Capacity];
        Span<float> logOdds = stackalloc float[CandidateSet.Capacity];
        Span<double> scratch = stackalloc double[CandidateSet.Capacity];
        for (var i = 0; i < items.Length; i++)
        {
            tokens[i] = items[i].Token;
            logOdds[i] = items[i].LogOdds;
        }

        Correction.Apply(cdf, tokens[..items.Length], logOdds[..items.Length], scratch);
    }

    private void LearnEvidence(Cdf cdf, int token, float unit)
    {
        foreach (ref readonly var candidate in _candidates.Items)
        {
            var share = (int)cdf.Frequencies[candidate.Token] * unit;
            var error = (candidate.Token == token ? 1f : 0f) - share;
            for (var i = 0; i < candidate.Count; i++)
            {
                ref readonly var proposal = ref candidate.Proposals[i];
                _evidence.Learn(proposal.Kind, candidate.Knot, candidate.Fraction, error);
                if (proposal.Order > 0)
                {
                    _contexts.Learn(proposal, error);
                }
            }
        }
    }
}
