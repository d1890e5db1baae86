namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Multiplies the frequencies of a few tokens by e^(log-odds), and rescales all if one exceeds the limit.
/// </summary>
internal static class Correction
{
    /// <summary>The sum of the log-odds of one token stays within ± this many nats.</summary>
    internal const float Limit = 16f;

    /// <summary>Applies the log-odds.</summary>
    /// <param name="cdf">The frequencies.</param>
    /// <param name="tokens">Distinct tokens.</param>
    /// <param name="logOdds">Nats for each, within ± <see cref="Limit"/>.</param>
    /// <param name="scratch">Scratch space for the same number of values.</param>
    internal static void Apply(Cdf cdf, ReadOnlySpan<int> tokens, ReadOnlySpan<float> logOdds, Span<double> scratch)
    {
        // 2^31 · e^16 < 2^55: the products are far below the limits of a double, and their truncation is exact.
        double largest = Cdf.MaximumFrequency;
        for (var i = 0; i < tokens.Length; i++)
        {
            double factor = ExactExp2.Power(logOdds[i] * ExactExp2.LogTwoOfE);
            scratch[i] = cdf.Frequencies[tokens[i]] * factor;
            largest = scratch[i] > largest ? scratch[i] : largest;
        }

        var shift = 0;
        for (; largest > Cdf.MaximumFrequency; shift++)
        {
            largest *= 0.5;
        }

        if (shift > 0)
        {
            CdfBuilder.ShiftRight(cdf, shift);
        }

        var scale = 1.0 / (1L << shift);
        for (var i = 0; i < tokens.Length; i++)
        {
            cdf.Replace(tokens[i], (uint)Math.Max((long)(scratch[i] * scale), 1));
        }
    }
}
