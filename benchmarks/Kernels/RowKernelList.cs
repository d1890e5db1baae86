using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Benchmarks;

/// <summary>Chooses the kernels of a width.</summary>
internal static class RowKernelList
{
    public static IRowKernels Create(KernelWidth width) => width switch
    {
        KernelWidth.Vector512 => new RowKernels<Float32x16, Int32x16, Pairs16>(),
        KernelWidth.Vector256 => new RowKernels<Float32x8, Int32x8, Pairs8>(),
        KernelWidth.Vector128 => new RowKernels<Float32x4, Int32x4, Pairs4>(),
        _ => new RowKernels<Float32x1, Int32x1, Pairs1>(),
    };
}
