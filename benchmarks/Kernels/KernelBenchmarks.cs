using BenchmarkDotNet.Attributes;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.CustomOps;

namespace NacrithOnnx.Benchmarks;

/// <summary>Row kernels of a model layer, one row a call, at each vector width this processor has.</summary>
public class KernelBenchmarks
{
    private IRowKernels _kernels = null!;

    /// <summary>Lanes of float32.</summary>
    [ParamsSource(nameof(Widths))]
    public int Lanes { get; set; }

    public static IEnumerable<int> Widths =>
        Enum.GetValues<KernelWidth>().Where(width => width != KernelWidth.None && KernelSets.IsSupported(width)).Select(width => (int)width);

    [GlobalSetup]
    public void Setup() => _kernels = RowKernelList.Create((KernelWidth)Lanes);

    [Benchmark]
    public float QuantizeWide() => _kernels.QuantizeWide();

    [Benchmark]
    public void SwiGlu() => _kernels.SwiGlu();

    [Benchmark]
    public void AttentionStep() => _kernels.AttentionStep();

    [Benchmark]
    public void PairProduct() => _kernels.PairProduct();
}
