using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>Chooses the kernels that fit this processor.</summary>
internal static class KernelSets
{
    /// <summary>The widest set that runs in hardware here.</summary>
    public static KernelWidth Best =>
        IsSupported(KernelWidth.Vector512) ? KernelWidth.Vector512
        : IsSupported(KernelWidth.Vector256) ? KernelWidth.Vector256
        : IsSupported(KernelWidth.Vector128) ? KernelWidth.Vector128
        : KernelWidth.Scalar;

    /// <summary>
    /// Whether products of two parts are faster whole, by VPMADDWD, than by ONNX Runtime. They are where it multiplies
    /// bytes by VPMADDUBSW: twice as fast with 256 rows. VNNI and ARM's dot product are no slower in two parts.
    /// </summary>
    public static bool PrefersWholeProducts => Best >= KernelWidth.Vector256 && X86Base.IsSupported && !HasVnni();

    public static bool IsSupported(KernelWidth width) => width switch
    {
        KernelWidth.Vector512 => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported,
        KernelWidth.Vector256 => Vector256.IsHardwareAccelerated && Avx2.IsSupported,
        KernelWidth.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };

    public static List<KernelDefinition> Create(KernelWidth width) => width switch
    {
        KernelWidth.Vector512 => KernelSet<Float32x16, Int32x16, Pairs16>.Create(),
        KernelWidth.Vector256 => KernelSet<Float32x8, Int32x8, Pairs8>.Create(),
        KernelWidth.Vector128 => KernelSet<Float32x4, Int32x4, Pairs4>.Create(),
        KernelWidth.Scalar => KernelSet<Float32x1, Int32x1, Pairs1>.Create(),
        _ => [],
    };

    /// <summary>Leaf 7 of CPUID: AVX512_VNNI is bit 11 of ECX; AVX_VNNI is bit 4 of EAX of its sub-leaf 1.</summary>
    private static bool HasVnni()
    {
        const int ExtendedFeatures = 7;
        const int Avx512Vnni = 1 << 11;
        const int AvxVnni = 1 << 4;
        return (X86Base.CpuId(ExtendedFeatures, 0).Ecx & Avx512Vnni) != 0
            || (X86Base.CpuId(ExtendedFeatures, 1).Eax & AvxVnni) != 0;
    }
}
