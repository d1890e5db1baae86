namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Gated logistic mixing in two layers: several weight sets, each picked by a context, and one that mixes them.</summary>
/// <remarks>
/// Each set predicts <c>squash(Σ w·x)</c> and is trained on its own coding error, <c>w += rate · x · (bit − p)</c>; the
/// last layer weighs the sets in the same way. Mattern, "Mixing Strategies in Data Compression", DCC 2012; Mahoney, 2005.
/// </remarks>
internal sealed class Mixer
{
    /// <summary>Rates fall from the first to the last as 1 / bits seen: quick at the start of a small file, calm later.</summary>
    private const int FirstRate = 48;

    private const int LastRate = 6;

    /// <summary>Bits after which the rate has lost one unit.</summary>
    private const int BitsPerRateUnit = 1 << 9;

    private const int RateShift = 6;
    private const int FinalRate = 2;

    /// <summary>Predictions better than this, 1/512, are not trained on: less work, and 0.01 % larger output.</summary>
    private const int NegligibleMiss = Logistic.One / 512;

    private readonly int[] _inputs;
    private readonly int[] _weights;
    private readonly int[] _starts = new int[MixerKernel.Sets];
    private readonly int[] _selected = new int[MixerKernel.Sets];
    private readonly int[] _setProbability = new int[MixerKernel.Sets];
    private readonly int[] _outputs = new int[MixerKernel.Sets];
    private readonly int[] _final;
    private int _finalSelected;
    private int _probability;
    private int _rate = FirstRate;
    private int _bitsUntilSlower = BitsPerRateUnit;

    /// <summary>Makes a mixer.</summary>
    /// <param name="inputCount">Number of inputs; padded with zeros to the lane.</param>
    /// <param name="firstWeight">Weight of every input in the beginning, <see cref="MixerKernel.WeightOne"/> is one.</param>
    /// <param name="finalContexts">Number of contexts of the last layer.</param>
    /// <param name="setContexts">Number of contexts of each of the <see cref="MixerKernel.Sets"/> weight sets.</param>
    public Mixer(int inputCount, int firstWeight, int finalContexts, params ReadOnlySpan<int> setContexts)
    {
        var padded = (inputCount + MixerKernel.Lane - 1) / MixerKernel.Lane * MixerKernel.Lane;
        _inputs = new int[padded];
        var total = 0;
        for (var i = 0; i < _starts.Length; i++)
        {
            _starts[i] = total;
            total += setContexts[i] * padded;
        }

        _weights = new int[total];
        Array.Fill(_weights, firstWeight);
        _final = new int[finalContexts * MixerKernel.Sets];
        Array.Fill(_final, MixerKernel.WeightOne / MixerKernel.Sets);
    }

    /// <summary>Where the inputs go, log-odds.</summary>
    public Span<int> Inputs => _inputs;

    /// <summary>Picks the context of a set for the coming bit.</summary>
    public void Select(int set, int context) => _selected[set] = _starts[set] + (context * _inputs.Length);

    /// <summary>Mixes the inputs.</summary>
    /// <param name="finalContext">Context of the last layer.</param>
    /// <returns>Log-odds of a one, in ±<see cref="Logistic.Limit"/>.</returns>
    public int Mix(int finalContext)
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
        _finalSelected = finalContext * MixerKernel.Sets;
        var mixed = Logistic.Clamp(MixerKernel.Dot(_outputs, _final.AsSpan(_finalSelected, MixerKernel.Sets)));
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
        MixerKernel.TrainScalar(_outputs, _final.AsSpan(_finalSelected, MixerKernel.Sets), finalError);
        if (--_bitsUntilSlower == 0)
        {
            _rate = Math.Max(_rate - 1, LastRate);
            _bitsUntilSlower = BitsPerRateUnit;
        }
    }
}
