using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Export;

/// <summary>
/// Draws tokens from logits with arithmetic that does not depend on the machine. It must not change: another sample
/// would give another calibration, and so other weights.
/// </summary>
internal sealed class TokenSampler
{
    /// <summary>Weight of the most probable token.</summary>
    private const float Unit = 1 << 30;

    /// <summary>Below it, every token has weight 1.</summary>
    private const float Lowest = -31;

    private ulong _state;

    /// <summary>Draws at temperature 1, to 30 bits.</summary>
    public int Draw(ReadOnlySpan<float> logits)
    {
        var max = float.MinValue;
        foreach (var logit in logits)
        {
            max = Math.Max(max, logit);
        }

        var weights = new long[logits.Length];
        var total = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            var power = Math.Max((logits[i] - max) * ExactExp2.LogTwoOfE, Lowest);
            weights[i] = Math.Max(1, (long)(ExactExp2.Power(power) * Unit));
            total += weights[i];
        }

        var target = (long)(((UInt128)Next() * (ulong)total) >> 64);
        var token = 0;
        for (; target >= weights[token]; token++)
        {
            target -= weights[token];
        }

        return token;
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
