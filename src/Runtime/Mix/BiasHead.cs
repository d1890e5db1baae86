using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// A log bias for every token, learned online: how much more, or less, the text uses it than the language model
/// expects, even beyond the model's window.
/// </summary>
/// <remarks>
/// Gradient of the coding cost: bias_i += rate_i · ([token is i] − p_i). The rate falls with the evidence e_i = Σ p_i,
/// the expected number of occurrences so far, as in Bayesian estimation of log (observed / expected):
/// <code>rate_i = rate · (floor + (1 − floor) / (1 + decay · e_i))</code>
/// A rare token moves far at its first occurrence; a common one has much evidence and moves little. On the first 18,000
/// tokens of alice29.txt this saves 4.2 %, the best constant rate 3.4 %.
/// </remarks>
internal sealed class BiasHead
{
    /// <summary>Biases stay within ± this many nats, whatever the input.</summary>
    private const float Limit = 12f;

    /// <summary>
    /// Blocks of tokens with less than 2^-12 of the probability are skipped: together they could not move by more than
    /// that times the rate. Usually 180 of 192 blocks are skipped.
    /// </summary>
    private const int NegligibleBits = 12;

    private readonly float[] _bias;
    private readonly float[] _evidence;
    private readonly float _floorRate;
    private readonly float _fallingRate;
    private readonly float _decay;

    /// <summary>Starts with no bias.</summary>
    internal BiasHead(PredictorSettings settings, int vocabularySize)
    {
        _bias = new float[vocabularySize];
        _evidence = new float[vocabularySize];
        _floorRate = settings.BiasRate * settings.BiasFloor;
        _fallingRate = settings.BiasRate * (1f - settings.BiasFloor);
        _decay = settings.BiasDecay;
    }

    /// <summary>The bias of each token in nats.</summary>
    internal ReadOnlySpan<float> Bias => _bias;

    /// <summary>Learns a token from the frequencies with which it was coded.</summary>
    /// <param name="cdf">The frequencies.</param>
    /// <param name="token">The actual token.</param>
    /// <param name="step">Factor on the rate, 0 to 1.</param>
    internal void Learn(Cdf cdf, int token, float step) => Learn(cdf, token, step, Vector.IsHardwareAccelerated);

    /// <summary>The vector form or its scalar twin, with the same bits.</summary>
    internal void Learn(Cdf cdf, int token, float step, bool vector)
    {
        var rate = new Rate(_floorRate * step, _fallingRate * step, _decay);
        // Exact as a double (total ≤ 2^48), then rounded twice, each time as IEEE specifies.
        var unit = (float)(1.0 / (long)cdf.Total);
        ReadOnlySpan<ulong> blocks = cdf.WritableBlocks;
        for (var block = 0; block < blocks.Length; block++)
        {
            if (blocks[block] << NegligibleBits < cdf.Total)
            {
                continue;
            }

            var start = block * Cdf.BlockLength;
            var length = Math.Min(Cdf.BlockLength, _bias.Length - start);
            if (vector && length == Cdf.BlockLength)
            {
                LowerVector(cdf.Frequencies.Slice(start, length), start, unit, rate);
            }
            else
            {
                LowerScalar(cdf.Frequencies.Slice(start, length), start, unit, rate);
            }
        }

        var raised = _bias[token] + rate.After(_evidence[token]);
        _bias[token] = raised < Limit ? raised : Limit;
    }

    /// <summary>Takes the state of another head of the same settings, or forgets everything.</summary>
    internal void ResetTo(BiasHead? origin)
    {
        if (origin is null)
        {
            Array.Clear(_bias);
            Array.Clear(_evidence);
            return;
        }

        origin._bias.CopyTo(_bias.AsSpan());
        origin._evidence.CopyTo(_evidence.AsSpan());
    }

    /// <summary>Adds the state to a hash.</summary>
    internal void AddTo(ref StateHash hash)
    {
        hash.Add(_bias);
        hash.Add(_evidence);
    }

    private void LowerScalar(ReadOnlySpan<uint> frequencies, int start, float unit, Rate rate)
    {
        for (var i = 0; i < frequencies.Length; i++)
        {
            var share = (int)frequencies[i] * unit;
            var evidence = _evidence[start + i] + share;
            var bias = _bias[start + i] - (share * rate.After(evidence));
            _evidence[start + i] = evidence;
            _bias[start + i] = bias > -Limit ? bias : -Limit;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LowerVector(ReadOnlySpan<uint> frequencies, int start, float unit, Rate rate)
    {
        ref var source = ref MemoryMarshal.GetReference(frequencies);
        ref var evidences = ref MemoryMarshal.GetReference(_evidence.AsSpan(start, Cdf.BlockLength));
        ref var biases = ref MemoryMarshal.GetReference(_bias.AsSpan(start, Cdf.BlockLength));
        var lowest = new Vector<float>(-Limit);
        for (var i = 0; i < Cdf.BlockLength; i += Vector<float>.Count)
        {
            // Frequencies stay below 2^31, so the signed conversion, one instruction everywhere, is exact in range.
            var share = Vector.ConvertToSingle(Vector.AsVectorInt32(Vector.LoadUnsafe(ref source, (nuint)i)))
                * new Vector<float>(unit);
            var evidence = Vector.LoadUnsafe(ref evidences, (nuint)i) + share;
            var bias = Vector.LoadUnsafe(ref biases, (nuint)i) - (share * rate.After(evidence));
            evidence.StoreUnsafe(ref evidences, (nuint)i);
            Vector.ConditionalSelect(Vector.GreaterThan(bias, lowest), bias, lowest).StoreUnsafe(ref biases, (nuint)i);
        }
    }

    /// <summary>The rate as a function of the evidence, in scalar and vector form.</summary>
    private readonly record struct Rate(float Floor, float Falling, float Decay)
    {
        internal float After(float evidence) => Floor + (Falling / (1f + (Decay * evidence)));

        internal Vector<float> After(Vector<float> evidence) => new Vector<float>(Floor)
            + (new Vector<float>(Falling) / (Vector<float>.One + (new Vector<float>(Decay) * evidence)));
    }
}
