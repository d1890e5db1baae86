namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Gated logistic mixing in two layers: several weight sets, each picked by a context, and one that mixes them.</summary>
/// <remarks>
/// Each set predicts <c>squash(Σ w·x)</c> and is trained on its own coding error, <c>w += rate · x · (bit − p)</c>; the
/// last layer weighs the sets in the same way. Mattern, "Mixing Strategies in Data Compression", DCC 2012; Mahoney, 2005.
/// </remarks>
internal sealed class Mixer
{
    /// <summary>Bits after which the rate has lost one unit: quick at the start of a small file, calm later.</summary>
    private const int BitsPerRateUnit = 1 << 9;

    private const int RateShift = 6;
    private const int FinalRate = 4;

    /// <summary>Predictions better than this, 1/512, are not trained on: less work, and 0.01 % larger output.</summary>
    private const int NegligibleMiss = Logistic.One / 512;

    private readonly int[] _inputs;
    private readonly int[] _weights;
    private readonly int[] _starts = new int[MixerKernel.Sets];
    private readonly int[] _selected = new int[MixerKernel.Sets];
    private readonly int[] _setProbability = new int[MixerKernel.Sets];
    private readonly int[] _outputs = new int[MixerKernel.Sets];
    private readonly int[] _final = new int[MixerKernel.Sets];
    private readonly int _lastRate;
    private int _probability;
    private int _rate;
    private int _bitsUntilSlower = BitsPerRateUnit;

    /// <summary>Makes a mixer.</summary>
    /// <param name="firstWeights">Weight of each input in the beginning, a multiple of <see cref="MixerKernel.Lane"/>.</param>
    /// <param name="firstRate">Learning rate in the beginning.</param>
    /// <param name="lastRate">Learning rate that it falls to.</param>
    /// <param name="setContexts">Number of contexts of each of the <see cref="MixerKernel.Sets"/> weight sets.</param>
    public Mixer(ReadOnlySpan<int> firstWeights, int firstRate, int lastRate, params ReadOnlySpan<int> setContexts)
    {
        _inputs = new int[firstWeights.Length];
        _rate = firstRate;
        _lastRate = lastRate;
        var total = 0;
        for (var i = 0; i < _starts.Length; i++)
        {
            _starts[i] = total;
            total += setContexts[i] * _inputs.Length;
        }

        _weights = new int[total];
        for (var i = 0; i < total; i += _inputs.Length)
        {
            firstWeights.CopyTo(_weights.AsSpan(i));
        }

        Array.Fill(_final, MixerKernel.WeightOne / MixerKernel.Sets);
    }

    /// <summary>Where the inputs go, log-odds.</summary>
    public Span<int> Inputs => _inputs;

    /// <summary>Picks the context of a set for the coming bit.</summary>
    public void Select(int set, int context) => _selected[set] = _starts[set] + (context * _inputs.Length);

    /// <summary>Mixes the inputs.</summary>
    /// <returns>Log-odds of a one, in ±<see cref="Logistic.Limit"/>.</returns>
    public int Mix()
    {
        MixerKernel.DotAll(_inputs, _weights, _selected, _outputs);
        var squash = Logistic.SquashEntries;
        for (var i = 0; i < _setProbability.Length; i++)
        {
            var logOdds = Logistic.Clamp(_outputs[i]);
            _outputs[i] = logOdds;
            _setProbability[i] = squash[logOdds + Logistic.Limit];
        }

        // Four products are too few for a vector, which would first wait for the outputs to be written.
        var mixed = Logistic.Clamp(MixerKernel.Dot(_outputs, _final));
        _probability = squash[mixed + Logistic.Limit];
        return mixed;
    }

    /// <summary>Trains the weights that were used with the bit that came.</summary>
    public void Update(int bit)
    {
        var target = bit << Logistic.ProbabilityBits;
        for (var i = 0; i < _setProbability.Length; i++)
        {
            var miss = target - _setProbability[i];
            if (Math.Abs(miss) < NegligibleMiss)
            {
                continue;
            }

            var error = (miss * _rate) >> RateShift;
            MixerKernel.Train(_inputs, _weights.AsSpan(_selected[i], _inputs.Length), error);
        }

        var finalError = ((target - _probability) * FinalRate) >> RateShift;
        MixerKernel.TrainScalar(_outputs, _final, finalError);
        if (--_bitsUntilSlower == 0)
        {
            _rate = Math.Max(_rate - 1, _lastRate);
            _bitsUntilSlower = BitsPerRateUnit;
        }
    }
}
