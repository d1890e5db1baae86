namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Learned log-odds of kinds of evidence, each as a piecewise linear function of the model's own −log2 probability:
/// a repetition is strong evidence for a token that the model finds unlikely and none for one that it is certain of.
/// </summary>
/// <remarks>
/// Stochastic gradient on the coding cost in the log domain, as in logistic mixing (M. Mahoney, "Adaptive weighing of
/// context models for lossless data compression", 2005): one step is rate · ([token is the actual one] − its
/// share), where the rate falls with the square root of the number of occurrences of the kind, down to a floor.
/// </remarks>
internal sealed class EvidenceTable
{
    /// <summary>Log-odds stay within ± this many nats, whatever the input.</summary>
    private const float Limit = 12f;

    // Knots of the piecewise linear functions in bits; dense where the model is confident.
    private static readonly float[] Knots = [0.02f, 0.07f, 0.2f, 0.5f, 1f, 1.7f, 2.5f, 3.5f, 5f, 6.5f, 8f, 10f, 12f, 14.5f, 18f];

    private readonly float[] _logOdds;
    private readonly float[] _visits;
    private readonly float _rate;
    private readonly float _floor;

    /// <summary>Creates a table of zeros.</summary>
    /// <param name="kinds">Number of kinds of evidence.</param>
    /// <param name="rate">Initial step in nats.</param>
    /// <param name="floor">Smallest step in nats.</param>
    internal EvidenceTable(int kinds, float rate, float floor)
    {
        _logOdds = new float[kinds * Knots.Length];
        _visits = new float[kinds * Knots.Length];
        _rate = rate;
        _floor = floor;
    }

    /// <summary>All learned values, to hash the state.</summary>
    internal ReadOnlySpan<float> State => _logOdds;

    /// <summary>The position of a cost between two knots.</summary>
    /// <param name="bits">−log2 of the model's probability.</param>
    /// <param name="fraction">0 at the knot of the returned index, 1 at the next one.</param>
    internal static int Locate(float bits, out float fraction)
    {
        var last = Knots.Length - 2;
        var knot = 0;
        while (knot < last && bits >= Knots[knot + 1])
        {
            knot++;
        }

        fraction = (bits - Knots[knot]) / (Knots[knot + 1] - Knots[knot]);
        fraction = fraction > 0f ? fraction : 0f;
        fraction = fraction < 1f ? fraction : 1f;
        return knot;
    }

    /// <summary>Log-odds of a kind of evidence at a position between two knots, in nats.</summary>
    internal float Read(int kind, int knot, float fraction)
    {
        var index = (kind * Knots.Length) + knot;
        return (_logOdds[index] * (1f - fraction)) + (_logOdds[index + 1] * fraction);
    }

    /// <summary>Moves the log-odds against the error.</summary>
    /// <param name="kind">The kind of evidence.</param>
    /// <param name="knot">From <see cref="Locate"/>.</param>
    /// <param name="fraction">From <see cref="Locate"/>.</param>
    /// <param name="error">1 for the actual token, else 0, minus its share.</param>
    internal void Learn(int kind, int knot, float fraction, float error)
    {
        var index = (kind * Knots.Length) + knot;
        Step(index, 1f - fraction, error);
        Step(index + 1, fraction, error);
    }

    /// <summary>Takes the state of another table of the same kinds, or forgets everything.</summary>
    internal void ResetTo(EvidenceTable? origin)
    {
        if (origin is null)
        {
            Array.Clear(_logOdds);
            Array.Clear(_visits);
            return;
        }

        origin._logOdds.CopyTo(_logOdds.AsSpan());
        origin._visits.CopyTo(_visits.AsSpan());
    }

    private void Step(int index, float share, float error)
    {
        _visits[index] += share;
        var rate = _rate / MathF.Sqrt(1f + _visits[index]);
        rate = rate > _floor ? rate : _floor;
        var value = _logOdds[index] + (rate * (share * error));
        value = value > -Limit ? value : -Limit;
        _logOdds[index] = value < Limit ? value : Limit;
    }
}
