using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx.Cuda;

namespace NacrithOnnx.Compare;

/// <summary>
/// Whether a GPU computes what the CPU computes, and tokens per second of the model on it. build/gpu-check.sh runs it.
/// </summary>
internal static class GpuBenchmark
{
    private const int Steps = 16;
    private const int PrefillRuns = 3;
    private const int MaxPrefill = 4096;

    private static readonly int[] PrefillCounts = [256, 512, 1024, 2048, MaxPrefill];
    private static readonly int[] LaneCounts = [1, 4, 16, 64, 128, 256];

    /// <summary>Measures a GPU.</summary>
    /// <exception cref="BenchmarkException">It cannot be used, or computes something else.</exception>
    public static void Run(BenchmarkOptions options, TextWriter output)
    {
        try
        {
            var gpu = new CudaPlatform(new CudaSystem()).Find([options.Gpu])[0];
            output.WriteLine(
                $"{gpu}, driver for CUDA {CudaGpu.VersionText(gpu.DriverVersion)}, cuBLAS {CudaGpu.VersionText(gpu.CublasVersion)}.");
            Check("products of extreme operands", CudaSelfTest.Run(gpu.Device));
            foreach (var plan in BenchmarkModel.Plans)
            {
                Console.Error.WriteLine(plan);
                Measure(plan, gpu, options, output);
            }
        }
        catch (EnvironmentException exception)
        {
            throw new BenchmarkException(exception.Message);
        }
    }

    private static void Measure(string plan, CudaGpu gpu, BenchmarkOptions options, TextWriter output)
    {
        var folder = new ModelFolder(RepositoryRoot.ModelFolder);
        var graph = FileSlice.Whole(Path.Combine(RepositoryRoot.ModelFolder, folder.Manifest.Graphs[plan]));
        using var model = new CudaLanguageModel(graph, folder.Manifest.Shape, gpu.Device);
        using (var cpu = new BenchmarkModel(plan, options.Threads))
        {
            var difference = DeviceProof.Difference(model, cpu.Model);
            Check($"logits, plan {plan}{(difference is null ? string.Empty : ": " + difference)}", difference is null);
        }

        var tokens = BenchmarkModel.Tokens(8 * MaxPrefill).AsSpan(0, MaxPrefill);
        var table = new MarkdownTable("Plan " + plan, "Tokens/s");
        foreach (var count in PrefillCounts)
        {
            table.Add($"prefill of {count}", Numbers.Short(count / PrefillSeconds(model, tokens[..count])));
        }

        foreach (var lanes in LaneCounts)
        {
            table.Add($"step of {lanes}", Numbers.Short(lanes / StepTimer.Seconds(model, tokens, lanes, Steps)));
        }

        output.WriteLine();
        output.Write(table);
    }

    /// <summary>The fastest of some calls after one that warms up, with the logits of all tokens.</summary>
    private static double PrefillSeconds(CudaLanguageModel model, ReadOnlySpan<int> tokens)
    {
        using var cache = model.CreateCache(1, tokens.Length);
        var best = double.MaxValue;
        for (var run = -1; run < PrefillRuns; run++)
        {
            cache.Truncate(0);
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            model.Forward(cache, tokens, logitsFrom: 0);
            var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = run < 0 ? best : Math.Min(best, seconds);
        }

        return best;
    }

    private static void Check(string what, bool isSame)
    {
        if (!isSame)
        {
            throw new BenchmarkException($"The GPU differs from the CPU: {what}.");
        }

        Console.Error.WriteLine($"same bits as the CPU: {what}");
    }
}
