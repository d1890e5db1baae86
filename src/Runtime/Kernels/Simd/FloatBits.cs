namespace NacrithOnnx.Runtime.Kernels.Simd;

/// <summary>The layout of an IEEE 754 binary32.</summary>
internal static class FloatBits
{
    public const int ExponentBias = 127;
    public const int MantissaBits = 23;
}
