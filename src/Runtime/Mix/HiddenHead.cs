namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Dynamic evaluation of the language model's last layer: logit_i += A_i · x for the tokens seen so far, where x is the
/// final hidden state, and A is learned online (B. Krause et al., "Dynamic Evaluation of Neural Sequence Models", 2018,
/// restricted to the output layer).
/// </summary>
/// <remarks>
/// x is the hidden state, standardised by each channel's running mean and deviation and scaled to length 1. Without
/// that all states share one large direction, A only repeats the bias, and nothing is gained. Only tokens with a share
/// of at least 2^-13 are used, about 100 to 200 rows per step: that keeps nine tenths of the gain of all rows.
/// </remarks>
internal sealed class HiddenHead
{
    // Least share, 2^-13, of a token that is looked at; then at most 2^13 tokens are.
    private const int ShareBits = 13;

    // Rows of tokens with a share below 2^-10 are not worth moving, except that of the actual token.
    private const float LearnShare = 1f / 1024;

    // Running means cover about this many steps.
    private const int Memory = 1000;

    // A row moves a logit by at most this many nats.
    private const float LogOddsLimit = 8f;

    // A larger value is not a valid hidden state; it counts as 0, so that nothing infinite is learned.
    private const float StateLimit = 1e6f;

    // Added to a variance and to a squared length, which may be zero.
    private const float VarianceFloor = 1e-6f;
    private const float LengthFloor = 1e-9f;

    private readonly float[] _mean;
    private readonly float[] _variance;
    private readonly float[] _state;
    private readonly HiddenRows _rows;
    private readonly int[] _tokens = new int[(1 << ShareBits) + 1];
    private readonly float[] _logOdds = new float[(1 << ShareBits) + 1];
    private readonly double[] _scratch = new double[(1 << ShareBits) + 1];
    private readonly float _floorRate;
    private readonly float _fallingRate;
    private readonly float _decay;
    private int _count;
    private int _steps;

    /// <summary>Creates a head without rows.</summary>
    /// <param name="settings">The rate, its decay and its floor.</param>
    /// <param name="vocabularySize">Number of tokens.</param>
    /// <param name="width">Channels of the hidden state, a multiple of 16.</param>
    internal HiddenHead(PredictorSettings settings, int vocabularySize, int width)
    {
        _mean = new float[width];
        _variance = new float[width];
        _state = new float[width];
        _rows = new HiddenRows(vocabularySize, width);
        _floorRate = settings.HiddenRate * settings.HiddenFloor;
        _fallingRate = settings.HiddenRate * (1f - settings.HiddenFloor);
        _decay = settings.HiddenDecay;
    }

    /// <summary>Corrects the frequencies by the products of the rows and this hidden state.</summary>
    internal void Correct(ReadOnlySpan<float> hidden, Cdf cdf)
    {
        Standardise(hidden);
        var frequent = FrequentTokens.Find(cdf, Math.Max(cdf.Total >> ShareBits, 1), _tokens);
        _count = 0;
        foreach (var token in _tokens.AsSpan(0, frequent))
        {
            if (_rows.Has(token))
            {
                _tokens[_count++] = token;
            }
        }

        for (var i = 0; i < _count; i++)
        {
            if (i + 1 < _count)
            {
                _rows.Prefetch(_tokens[i + 1]);
            }

            _logOdds[i] = LogOdds(_tokens[i]);
        }

        Correction.Apply(cdf, _tokens.AsSpan(0, _count), _logOdds.AsSpan(0, _count), _scratch);
    }

    /// <summary>Moves the rows used, and that of the actual token, against their error.</summary>
    /// <param name="cdf">The final frequencies.</param>
    /// <param name="token">The actual token.</param>
    /// <param name="unit">1 / total.</param>
    internal void Learn(Cdf cdf, int token, float unit)
    {
        _rows.Add(token);
        foreach (var other in _tokens.AsSpan(0, _count))
        {
            var share = (int)cdf.Frequencies[other] * unit;
            if (other != token && share > LearnShare)
            {
                Move(other, share, -share);
            }
        }

        if (_rows.Has(token))
        {
            var share = (int)cdf.Frequencies[token] * unit;
            Move(token, 1f + share, 1f - share);
        }
    }

    /// <summary>Adds the state to a hash.</summary>
    internal void AddTo(ref StateHash hash)
    {
        hash.Add(_mean);
        hash.Add(_variance);
        _rows.AddTo(ref hash);
    }

    /// <summary>Takes the state of another head of the same settings, or forgets everything.</summary>
    /// <param name="origin">The other head, or null.</param>
    /// <param name="onlyChanges">Whether it is the one last reset to, and has not changed since.</param>
    internal void ResetTo(HiddenHead? origin, bool onlyChanges)
    {
        _steps = origin?._steps ?? 0;
        _rows.ResetTo(origin?._rows, onlyChanges);
        if (origin is null)
        {
            Array.Clear(_mean);
            Array.Clear(_variance);
            return;
        }

        origin._mean.CopyTo(_mean.AsSpan());
        origin._variance.CopyTo(_variance.AsSpan());
    }

    /// <summary>Whether all learned values are finite.</summary>
    internal bool IsFinite() => Predictor.AreFinite(_mean) && Predictor.AreFinite(_variance)
        && _rows.AreFinite();

    private float LogOdds(int token)
    {
        var logOdds = ExactDot.Of(_rows.Of(token), _state);
        logOdds = logOdds > -LogOddsLimit ? logOdds : -LogOddsLimit;
        return logOdds < LogOddsLimit ? logOdds : LogOddsLimit;
    }

    private void Move(int token, float evidence, float error)
    {
        var row = _rows.Change(token, evidence, out var known);
        var rate = _floorRate + (_fallingRate / (1f + (_decay * known)));
        ExactDot.AddScaled(row, _state, rate * error);
    }

    private void Standardise(ReadOnlySpan<float> hidden)
    {
        _steps = Math.Min(_steps + 1, Memory);
        var newest = 1f / _steps;
        for (var i = 0; i < _state.Length; i++)
        {
            var value = MathF.Abs(hidden[i]) <= StateLimit ? hidden[i] : 0f;
            _mean[i] += (value - _mean[i]) * newest;
            var deviation = value - _mean[i];
            _variance[i] += ((deviation * deviation) - _variance[i]) * newest;
            _state[i] = deviation / MathF.Sqrt(_variance[i] + VarianceFloor);
        }

        var scale = 1f / MathF.Sqrt(ExactDot.Of(_state, _state) + LengthFloor);
        foreach (ref var value in _state.AsSpan())
        {
            value *= scale;
        }
    }
}
