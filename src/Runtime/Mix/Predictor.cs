namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Turns the logits of the language model into the frequencies to code with, and learns from each token coded.
/// </summary>
/// <remarks>
/// Everything adds up in the log domain:
/// <code>
/// z_i = weight · logit_i + bias_i + A_i · hidden state + Σ log-odds of the contexts and matches that propose i
/// p_i = e^z_i / Σ e^z
/// </code>
/// The first two terms are dense: one vectorised exponential over the vocabulary. The others concern few tokens, whose
/// frequencies are corrected afterwards, by a factor each. Every part learns by the gradient of −log2 p of the
/// token that came, all from the same final p.
/// <para>
/// One predictor serves a whole frame. The frame's lanes take turns: Predict(0), Update(0), Predict(1), Update(1) …,
/// in the same order in compressor and decompressor, so what one lane teaches the next one already uses.
/// </para>
/// </remarks>
internal sealed class Predictor
{
    // Share of the full step at the first token; see PredictorSettings.Warmup.
    private const float FirstStep = 0.2f;

    private readonly PredictorSettings _settings;
    private readonly TokenHistory[] _histories;
    private readonly BiasHead _bias;
    private readonly HiddenHead? _hidden;
    private readonly int _hiddenWidth;
    private readonly TokenContextModel _contexts;
    private readonly TokenMatchModel _matches;
    private readonly EvidenceTable _evidence;
    private readonly CandidateSet _candidates;

    // The table filled by the Predict whose Update is due, else null.
    private Cdf? _pending;
    private int _pendingLane;

    // Tokens coded in all lanes, as far as the warm-up can tell them apart.
    private int _coded;

    /// <summary>Starts with no experience.</summary>
    /// <param name="settings">Which parts take part, and how.</param>
    /// <param name="vocabularySize">Number of tokens, 1 to <see cref="Cdf.MaximumSize"/>.</param>
    /// <param name="lanes">Number of lanes in the frame, at least 1.</param>
    /// <param name="hiddenWidth">Channels of the hidden state given with each prediction, a multiple of 16; or 0.</param>
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
        _histories = new TokenHistory[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            _histories[lane] = new TokenHistory();
        }

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
    /// <param name="hidden">The final hidden state the logits were made from, as wide as announced; else empty.</param>
    /// <param name="cdf">
    /// Receives the frequencies; its size is the vocabulary's. It is read again by <see cref="Update"/>, so it must
    /// stay as it is until then.
    /// </param>
    /// <exception cref="InvalidOperationException">The last prediction still waits for its Update.</exception>
    public void Predict(int lane, ReadOnlySpan<float> logits, ReadOnlySpan<float> hidden, Cdf cdf)
    {
        if (hidden.Length != _hiddenWidth)
        {
            throw new ArgumentException("The hidden state is not as wide as announced.", nameof(hidden));
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
    /// <param name="cdf">Receives the frequencies, and stays as it is until <see cref="Update"/>.</param>
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
    /// Guesses the next tokens of a lane from what followed before. Changes nothing: for decoders that let the language
    /// model look at likely tokens before they are known.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="tokens">Receives the guesses.</param>
    /// <returns>Number of guesses, 0 where none is worth a try.</returns>
    public int Guess(int lane, Span<int> tokens)
    {
        var count = _matches.Guess(lane, tokens);
        return count > 0 ? count : _contexts.Guess(_histories[lane], tokens);
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

    /// <summary>Whether no NaN and no infinity was learned.</summary>
    internal bool IsFinite() => AreFinite(_bias.Bias) && AreFinite(_evidence.State) && (_hidden?.IsFinite() ?? true);

    /// <summary>Whether there is no NaN and no infinity among some numbers.</summary>
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
