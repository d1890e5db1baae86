using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Compare;

/// <summary>The machine on which the figures were measured.</summary>
internal sealed record Machine(string Processor, int Cores, string DotNet, string OnnxRuntime, string? Date)
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static Machine Describe(BenchmarkOptions options)
    {
        var name = File.Exists(CpuInfo) ? ProcText.ProcessorName(File.ReadAllText(CpuInfo)) : null;
        return new Machine(
            name ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            RuntimeInformation.FrameworkDescription,
            OnnxLanguageModel.Version,
            options.Date);
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Processor}, {Cores} cores, {DotNet}, ONNX Runtime {OnnxRuntime}")
        + (Date is null ? string.Empty : $", {Date}");
}
