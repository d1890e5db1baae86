namespace NacrithOnnx.Runtime.Mix;

/// <summary>Multiplies the frequencies of a few tokens by e^(log-odds), rescaling all when one outgrows the limit.</summary>
internal static class Correction
{
    /// <summary>Log-odds of one token together stay within ± this many nats.</summary>
    internal const float Limit = 16f;

    /// <summary>Applies the log-odds.</summary>
    /// <param name="cdf">The frequencies.</param>
    /// <param name="tokens">Different tokens.</param>
    /// <param name="logOdds">Nats for each, within ± <see cref="Limit"/>.</param>
    /// <param name="scratch">Room for as many numbers.</param>
    internal static void Apply(Cdf cdf, ReadOnlySpan<int> tokens, ReadOnlySpan<float> logOdds, Span<double> scratch)
    {
        // 2^31 · e^16 < 2^55: the products are far from a double's limits, and their truncation is exact.
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
