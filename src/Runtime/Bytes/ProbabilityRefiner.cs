using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Secondary estimation (APM, SSE): learns, per context, the actual probability for a predicted one.</summary>
/// <remarks>
/// Each context has an interpolated curve of knots over log-odds. Mahoney, 2005, "Adaptive probability maps".
/// </remarks>
internal sealed class ProbabilityRefiner
{
    /// <summary>Knots are one unit of log-odds apart: −12, −11, ..., 12.</summary>
    private const int Knots = (2 * (Logistic.Limit + 1) >> Logistic.FractionBits) + 1;

    private const int FractionMask = (1 << Logistic.FractionBits) - 1;
    private const int Rate = 6;

    private readonly ushort[] _curve;
    private int _knot;

    /// <summary>Creates the curves, initially the identity.</summary>
    public ProbabilityRefiner(int contexts)
    {
        _curve = new ushort[contexts * Knots];
        for (var i = 0; i < Knots; i++)
        {
            _curve[i] = (ushort)Logistic.Squash((i << Logistic.FractionBits) - Logistic.Limit - 1);
        }

        // Copies by doubling: a plain loop over a million knots would take longer than coding a small input.
        for (var filled = Knots; filled < _curve.Length; filled *= 2)
        {
            var count = Math.Min(filled, _curve.Length - filled);
            _curve.AsSpan(0, count).CopyTo(_curve.AsSpan(filled));
        }
    }

    /// <summary>Prefetches a curve that <see cref="Refine"/> needs soon.</summary>
    public void Prefetch(int context) => CacheLine.Prefetch(ref _curve[(context * Knots) + (Knots / 2)]);

    /// <summary>The probability of a one that these log-odds had in this context, 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Refine(int logOdds, int context)
    {
        var x = logOdds + Logistic.Limit + 1;
        var fraction = x & FractionMask;
        var knot = (context * Knots) + (x >> Logistic.FractionBits);
        _knot = knot + (fraction >> (Logistic.FractionBits - 1));
        return ((_curve[knot] * (FractionMask + 1 - fraction)) + (_curve[knot + 1] * fraction)) >> Logistic.FractionBits;
    }

    /// <summary>Moves the nearest knot towards the actual bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(int bit)
    {
        int value = _curve[_knot];
        var target = bit == 0 ? 0 : Logistic.One - 1;
        _curve[_knot] = (ushort)(value + ((target - value + (bit == 0 ? 0 : (1 << Rate) - 1)) >> Rate));
    }
}
