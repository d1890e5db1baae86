using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Chooses the kernels that fit this processor.</summary>
internal static class KernelSets
{
    /// <summary>The widest set that runs in hardware here.</summary>
    public static KernelWidth Best =>
        IsSupported(KernelWidth.Vector512) ? KernelWidth.Vector512
        : IsSupported(KernelWidth.Vector256) ? KernelWidth.Vector256
        : IsSupported(KernelWidth.Vector128) ? KernelWidth.Vector128
        : KernelWidth.Scalar;

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
}
