using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>Where <see cref="CudaLanguageModel"/> computes: on a GPU, or, to test the same code, on the CPU.</summary>
/// <param name="Index">Number of the GPU; null for the CPU.</param>
internal sealed record ComputeDevice(int? Index)
{
    /// <summary>The CPU provider: slow with signed bytes, but every operator gives the same bits.</summary>
    public static ComputeDevice Cpu { get; } = new((int?)null);

    /// <summary>Whether inputs in the computer's memory must be copied for every call.</summary>
    public bool HasOwnMemory => Index is not null;

    /// <summary>Memory of the device.</summary>
    public OrtMemoryInfo CreateMemoryInfo() => Index is { } index
        ? new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, index, OrtMemType.Default)
        : new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);

    /// <summary>Options of a session; what would round differently is off, and nothing may run elsewhere.</summary>
    /// <exception cref="OnnxRuntimeException">There is no such device, or its libraries do not load.</exception>
    public SessionOptions CreateOptions()
    {
        var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,
            EnableMemoryPattern = false,

            // What goes wrong is thrown too, and becomes one line of ours.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            options.AddSessionConfigEntry("session.disable_quant_qdq", "1");
            options.AddSessionConfigEntry("session.use_deterministic_compute", "1");
            if (Index is { } index)
            {
                // Kernels warn past the session's log, each one by itself: ScatterND for every layer.
                OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
                options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
                using var cuda = new OrtCUDAProviderOptions();
                cuda.UpdateOptions(ProviderOptions(index));
                options.AppendExecutionProvider_CUDA(cuda);
            }
            else
            {
                options.AddSessionConfigEntry("mlas.disable_kleidiai", "1");
            }

            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    /// <summary>Options of the CUDA provider.</summary>
    internal static Dictionary<string, string> ProviderOptions(int index) => new(StringComparer.Ordinal)
    {
        ["device_id"] = index.ToString(CultureInfo.InvariantCulture),

        // TensorFloat-32 keeps 11 bits of a float's significand: float products of integers would not be exact.
        ["use_tf32"] = "0",

        // The graph needs no operator of cuDNN's; its libraries would load for nothing, where there are any.
        ["enable_cudnn"] = "0",

        // A growing arena would double what it has, when the cache has taken the rest of the memory.
        ["arena_extend_strategy"] = "kSameAsRequested",
    };
}
