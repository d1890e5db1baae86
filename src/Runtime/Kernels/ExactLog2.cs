using System.Numerics;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>log2 of an integer in single IEEE operations, so that every machine gets the same bits.</summary>
internal static class ExactLog2
{
    private const int MantissaBits = 23;

    // log2(1 + x) on [0, 1) as x plus a correction that vanishes at both ends, so that the function is continuous
    // across powers of two. The error is below 2·10⁻⁴ bits; the result only selects and interpolates buckets.
    private const float C0 = 0.43807325f;
    private const float C1 = -0.23669342f;
    private const float C2 = 0.0803073f;

    /// <summary>log2 of a number from 1 to 2^63.</summary>
    internal static float Of(ulong value)
    {
        var exponent = 63 - BitOperations.LeadingZeroCount(value);
        var top = exponent > MantissaBits ? value >> (exponent - MantissaBits) : value << (MantissaBits - exponent);
        var x = (int)(top - (1UL << MantissaBits)) * (1f / (1 << MantissaBits));
        var correction = C2 * x;
        correction += C1;
        correction *= x;
        correction += C0;
        correction *= x;
        correction *= 1f - x;
        return exponent + (x + correction);
    }
}
