using System.Numerics;
using System.Runtime.CompilerServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// 2^y in single IEEE operations, so that every machine gets the same bits. The vector and scalar forms run the
/// same operations in the same order; nothing is fused.
/// </summary>
/// <remarks>
/// y = n + f with n = round(y), |f| ≤ 1/2. 2^f is a polynomial, 2^n is added to the exponent field:
/// <code>
/// r = y + 1.5·2^23        (n is now in the low mantissa bits of r)
/// f = y − (r − 1.5·2^23)  (exact)
/// 2^y = bits(P(f)) + (r &lt;&lt; 23)
/// </code>
/// A relative error ε of a probability costs about ε²/2 nats; the error of P is below 4·10⁻⁶, which is negligible.
/// </remarks>
internal static class ExactExp2
{
    /// <summary>log2 e, rounded to binary32.</summary>
    internal const float LogTwoOfE = 1.44269504f;

    /// <summary>2^y · 2^29 truncates to 0 below −29 anyway; −31 keeps the exponent field from wrapping.</summary>
    private const float LowestExponent = -31f;

    /// <summary>
    /// Beyond it <see cref="Power"/> saturates: far above any evidence, far below the limit of binary32.
    /// </summary>
    private const float PowerLimit = 60f;

    // Adding it pushes the fraction out of the mantissa; the factor 1.5 keeps the sum in one binade for negative y too.
    private const float RoundingConstant = 12582912f;

    private const int MantissaBits = 23;

    // 2^f on [−1/2, 1/2]: the Taylor terms with x^5 and x^6 economised (Chebyshev) into the lower ones. P(0) = 1
    // exactly, so the most probable token gets the full 2^29.
    private const float C1 = 0.69312114f;
    private const float C2 = 0.2402211f;
    private const float C3 = 0.0559208f;
    private const float C4 = 0.0096759f;

    /// <summary>2^y; a NaN counts as −∞.</summary>
    internal static float Power(float y)
    {
        y = y > -PowerLimit ? y : -PowerLimit;
        y = y < PowerLimit ? y : PowerLimit;
        return BitConverter.Int32BitsToSingle(PowerBits(y));
    }

    /// <summary>max(1, trunc(2^y · 2^29)) for y ≤ 0; a NaN counts as −∞.</summary>
    internal static uint ToFrequency(float y)
    {
        y = y > LowestExponent ? y : LowestExponent;
        var scaled = (int)BitConverter.Int32BitsToSingle(PowerBits(y) + (Cdf.DenseBits << MantissaBits));
        return (uint)Math.Max(scaled, 1);
    }

    /// <summary><see cref="ToFrequency(float)"/> for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<uint> ToFrequency(Vector<float> y)
    {
        var lowest = new Vector<float>(LowestExponent);
        y = Vector.ConditionalSelect(Vector.GreaterThan(y, lowest), y, lowest);
        var r = y + new Vector<float>(RoundingConstant);
        var f = y - (r - new Vector<float>(RoundingConstant));
        var p = new Vector<float>(C4) * f;
        p += new Vector<float>(C3);
        p *= f;
        p += new Vector<float>(C2);
        p *= f;
        p += new Vector<float>(C1);
        p *= f;
        p += Vector<float>.One;
        var bits = Vector.AsVectorInt32(p)
            + Vector.ShiftLeft(Vector.AsVectorInt32(r), MantissaBits)
            + new Vector<int>(Cdf.DenseBits << MantissaBits);

        // In range by construction, so the conversion without saturation is the same on every machine.
        var scaled = Vector.ConvertToInt32Native(Vector.AsVectorSingle(bits));
        return Vector.AsVectorUInt32(Vector.Max(scaled, Vector<int>.One));
    }

    private static int PowerBits(float y)
    {
        var r = y + RoundingConstant;
        var f = y - (r - RoundingConstant);
        var p = C4 * f;
        p += C3;
        p *= f;
        p += C2;
        p *= f;
        p += C1;
        p *= f;
        p += 1f;
        return BitConverter.SingleToInt32Bits(p) + (BitConverter.SingleToInt32Bits(r) << MantissaBits);
    }
}
