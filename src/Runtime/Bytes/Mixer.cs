using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Gated logistic mixing in two layers: several weight sets, each selected by a context, and one that mixes their
/// outputs.
/// </summary>
/// <remarks>
/// Each set predicts <c>squash(Σ w·x)</c> and is trained on its own coding error, <c>w += rate · x · (bit − p)</c>; the
/// last layer weighs the sets in the same way. Mattern, "Mixing Strategies in Data Compression", DCC 2012; Mahoney,
/// 2005.
/// </remarks>
internal sealed class Mixer
{
    /// <summary>Bits after which the rate falls by one unit: fast at the start, slow later.</summary>
    private const int BitsPerRateUnit = 1 << 9;

    private const int RateShift = 6;
    private const int FinalRate = 4;

    /// <summary>Errors below this, 1/512, are not trained on: less work, for 0.01 % larger output.</summary>
    private const int NegligibleMiss = Logistic.One / 512;

    private readonly int[] _inputs;
    private readonly int[] _weights;
    private readonly int[] _starts = new int[MixerKernel.Sets];
    private readonly int[] _selected = new int[MixerKernel.Sets];
    private readonly int[] _setProbability = new int[MixerKernel.Sets];
    private readonly int[] _errors = new int[MixerKernel.Sets];
    private readonly int _lastRate;
    private Vector128<int> _outputs;
    private Vector128<int> _final = Vector128.Create(MixerKernel.WeightOne / MixerKernel.Sets);
    private int _probability;
    private int _rate;
    private int _bitsUntilSlower = BitsPerRateUnit;

    /// <summary>Creates a mixer.</summary>
    /// <param name="firstWeights">
    /// Initial weight of each input; their number is a multiple of <see cref="MixerKernel.Lane"/>.
    /// </param>
    /// <param name="firstRate">Initial learning rate.</param>
    /// <param name="lastRate">Final learning rate.</param>
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

    }

    /// <summary>The inputs, to be filled with log-odds.</summary>
    public Span<int> Inputs => _inputs;

    /// <summary>Selects the context of a set for the next bit.</summary>
    public void Select(int set, int context) => _selected[set] = _starts[set] + (context * _inputs.Length);

    /// <summary>Mixes the inputs.</summary>
    /// <returns>Log-odds of a one, in ±<see cref="Logistic.Limit"/>.</returns>
    public int Mix()
    {
        var limit = Vector128.Create(Logistic.Limit);
        var sums = MixerKernel.DotAll(_inputs, _weights, _selected);
        _outputs = Vector128.Max(Vector128.Min(sums, limit), -limit);
        var squash = Logistic.SquashEntries;
        for (var i = 0; i < _setProbability.Length; i++)
        {
            _setProbability[i] = squash[_outputs[i] + Logistic.Limit];
        }

        var mixed = Logistic.Clamp(MixerKernel.DotSets(_outputs, _final));
        _probability = squash[mixed + Logistic.Limit];
        return mixed;
    }

    /// <summary>Trains the weights used, on the actual bit.</summary>
    public void Update(int bit)
    {
        var target = bit << Logistic.ProbabilityBits;
        var any = 0;
        for (var i = 0; i < _setProbability.Length; i++)
        {
            // No branch for each set, which would be unpredictable: an error of zero changes no weight.
            var miss = target - _setProbability[i];
            var error = Math.Abs(miss) < NegligibleMiss ? 0 : (miss * _rate) >> RateShift;
            _errors[i] = error;
            any |= error;
        }

        if (any != 0)
        {
            MixerKernel.TrainAll(_inputs, _weights, _selected, _errors);
        }

        var finalError = ((target - _probability) * FinalRate) >> RateShift;
        _final = MixerKernel.TrainSets(_outputs, _final, finalError);
        if (--_bitsUntilSlower == 0)
        {
            _rate = Math.Max(_rate - 1, _lastRate);
            _bitsUntilSlower = BitsPerRateUnit;
        }
    }
}
