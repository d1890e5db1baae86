namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Turns the logits of the language model into the frequencies to code with, and learns from each token coded.
/// </summary>
/// <remarks>
/// Everything adds up in the log domain:
/// <code>
/// z_i = weight · logit_i + bias_i + Σ log-odds of the contexts and matches that propose i
/// p_i = e^z_i / Σ e^z
/// </code>
/// The first two terms are dense: one vectorised exponential over the vocabulary. Only a few tokens are proposed, so
/// their frequencies are corrected afterwards, by a factor each. Every part learns by the gradient of −log2 p of the
/// token that came, all from the same final p.
/// <para>
/// One predictor serves a whole frame. The frame's streams take turns: Predict(0), Update(0), Predict(1), Update(1) …,
/// in the same order in compressor and decompressor, so what one stream teaches the next one already uses.
/// </para>
/// </remarks>
public sealed class Predictor
{
    /// <summary>All evidence for one token together stays within ± this many nats.</summary>
    private const float EvidenceLimit = 16f;

    // Share of the full step at the first token; see PredictorSettings.Warmup.
    private const float FirstStep = 0.2f;

    private readonly PredictorSettings _settings;
    private readonly TokenHistory[] _histories;
    private readonly BiasHead _bias;
    private readonly ContextModel _contexts;
    private readonly MatchModel _matches;
    private readonly EvidenceTable _evidence;
    private readonly CandidateSet _candidates;

    // The table filled by the Predict whose Update is due, else null.
    private Cdf? _pending;
    private int _pendingStream;

    // Tokens coded in all streams, as far as the warm-up can tell them apart.
    private int _coded;

    /// <summary>Starts with no experience.</summary>
    /// <param name="settings">Which parts take part, and how.</param>
    /// <param name="vocabularySize">Number of tokens, 1 to <see cref="Cdf.MaximumSize"/>.</param>
    /// <param name="streams">Number of streams in the frame, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its documented range.</exception>
    public Predictor(PredictorSettings settings, int vocabularySize, int streams)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vocabularySize, Cdf.MaximumSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        _settings = settings;
        _histories = new TokenHistory[streams];
        for (int stream = 0; stream < streams; stream++)
            _histories[stream] = new TokenHistory();
        _bias = new BiasHead(settings, vocabularySize);
        _contexts = new ContextModel(settings);
        _matches = new MatchModel(settings, _histories, _contexts.Kinds);
        _evidence = new EvidenceTable(
            _contexts.Kinds + _matches.Kinds, settings.EvidenceRate, settings.EvidenceFloor);
        _candidates = new CandidateSet(vocabularySize);
    }

    /// <summary>Predicts the next token of a stream.</summary>
    /// <param name="stream">The stream, below the number of streams.</param>
    /// <param name="logits">The language model's natural-log scores, one per token.</param>
    /// <param name="cdf">
    /// Receives the frequencies; its size is the vocabulary's. It is read again by <see cref="Update"/>, so it must
    /// stay as it is until then.
    /// </param>
    /// <exception cref="InvalidOperationException">The last prediction still waits for its Update.</exception>
    public void Predict(int stream, ReadOnlySpan<float> logits, Cdf cdf)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stream, (uint)_histories.Length, nameof(stream));
        ArgumentNullException.ThrowIfNull(cdf);
        if (_pending is not null)
            throw new InvalidOperationException("Update must follow each Predict.");

        CdfBuilder.Build(logits, _settings.LogitWeight, _bias.Bias, cdf);
        _candidates.Clear();
        _contexts.Propose(_histories[stream], _candidates);
        _matches.Propose(stream, _candidates);
        Weigh(cdf);
        Correct(cdf);
        _pending = cdf;
        _pendingStream = stream;
    }

    /// <summary>Learns the token that followed the last <see cref="Predict"/>.</summary>
    /// <param name="stream">The stream of that prediction.</param>
    /// <param name="token">The token, below the vocabulary's size.</param>
    /// <exception cref="InvalidOperationException">The last call was not a Predict of this stream.</exception>
    public void Update(int stream, int token)
    {
        if (_pending is not { } cdf || _pendingStream != stream)
            throw new InvalidOperationException("Update must follow a Predict of the same stream.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)cdf.Size, nameof(token));

        _pending = null;
        float unit = (float)(1.0 / (long)cdf.Total);
        LearnEvidence(cdf, token, unit);
        float step = Step();
        if (_settings.BiasRate > 0f)
            _bias.Learn(cdf, token, step);

        TokenHistory history = _histories[stream];
        _contexts.Count(history, token, step * (1f - ((int)cdf.Frequencies[token] * unit)));
        history.Append(token);
        _matches.Advance(stream, token);
    }

    /// <summary>Hash of everything learned: equal in compressor and decompressor after each token. Slow.</summary>
    internal ulong HashState()
    {
        var hash = new StateHash();
        _bias.AddTo(ref hash);
        _contexts.AddTo(ref hash);
        _matches.AddTo(ref hash);
        hash.Add(_evidence.State);
        return hash.Value;
    }

    /// <summary>Whether no NaN and no infinity was learned.</summary>
    internal bool IsFinite()
    {
        foreach (float bias in _bias.Bias)
        {
            if (!float.IsFinite(bias))
                return false;
        }

        foreach (float logOdds in _evidence.State)
        {
            if (!float.IsFinite(logOdds))
                return false;
        }

        return true;
    }

    private float Step()
    {
        const int Enough = 1 << 24;
        float warmup = _settings.Warmup;
        float step = ((_coded + 1) + (FirstStep * warmup)) / ((_coded + 1) + warmup);
        _coded = Math.Min(_coded + 1, Enough);
        return step;
    }

    private void Weigh(Cdf cdf)
    {
        float totalBits = ExactLog2.Of(cdf.Total);
        foreach (ref Candidate candidate in _candidates.Items)
        {
            float bits = totalBits - ExactLog2.Of(cdf.Frequencies[candidate.Token]);
            candidate.Knot = EvidenceTable.Locate(bits, out candidate.Fraction);
            float sum = 0f;
            for (int i = 0; i < candidate.Count; i++)
            {
                ref readonly Candidate.Proposal proposal = ref candidate.Proposals[i];
                sum += _evidence.Read(proposal.Kind, candidate.Knot, candidate.Fraction);
                if (proposal.Order > 0)
                    sum += _contexts.LogOdds(proposal);
            }

            sum = sum > -EvidenceLimit ? sum : -EvidenceLimit;
            candidate.LogOdds = sum < EvidenceLimit ? sum : EvidenceLimit;
        }
    }

    private void Correct(Cdf cdf)
    {
        // 2^29 · e^16 < 2^53: the products are far from a double's limits, and truncation of them is exact.
        Span<double> corrected = stackalloc double[_candidates.Items.Length];
        double largest = Cdf.MaximumFrequency;
        for (int i = 0; i < corrected.Length; i++)
        {
            ref readonly Candidate candidate = ref _candidates.Items[i];
            double factor = ExactExp2.Power(candidate.LogOdds * ExactExp2.LogTwoOfE);
            corrected[i] = cdf.Frequencies[candidate.Token] * factor;
            largest = corrected[i] > largest ? corrected[i] : largest;
        }

        int shift = 0;
        while (largest > Cdf.MaximumFrequency)
        {
            largest *= 0.5;
            shift++;
        }

        if (shift > 0)
            CdfBuilder.ShiftRight(cdf, shift);

        double scale = 1.0 / (1L << shift);
        for (int i = 0; i < corrected.Length; i++)
            cdf.Replace(_candidates.Items[i].Token, (uint)Math.Max((long)(corrected[i] * scale), 1));
    }

    private void LearnEvidence(Cdf cdf, int token, float unit)
    {
        foreach (ref readonly Candidate candidate in _candidates.Items)
        {
            float share = (int)cdf.Frequencies[candidate.Token] * unit;
            float error = (candidate.Token == token ? 1f : 0f) - share;
            for (int i = 0; i < candidate.Count; i++)
            {
                ref readonly Candidate.Proposal proposal = ref candidate.Proposals[i];
                _evidence.Learn(proposal.Kind, candidate.Knot, candidate.Fraction, error);
                if (proposal.Order > 0)
                    _contexts.Learn(proposal, error);
            }
        }
    }
}
