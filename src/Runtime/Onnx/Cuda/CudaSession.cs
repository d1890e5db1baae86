using Microsoft.ML.OnnxRuntime;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>A session on a device, and an allocator of the device's memory.</summary>
internal sealed class CudaSession : IDisposable
{
    private readonly OrtMemoryInfo _memory;
    private readonly OrtAllocator _allocator;

    /// <summary>Opens a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">Where its weights lie; null if it has none in files.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="OnnxRuntimeException">It cannot be opened there.</exception>
    public CudaSession(byte[] model, string? folder, ComputeDevice device)
    {
        using var options = device.CreateOptions();
        if (folder is not null)
        {
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        }

        Device = device;
        Session = new InferenceSession(model, options);
        _memory = device.CreateMemoryInfo();
        _allocator = new OrtAllocator(Session, _memory);
    }

    public ComputeDevice Device { get; }

    public InferenceSession Session { get; }

    /// <summary>Takes memory of the device; it holds anything.</summary>
    public OrtMemoryAllocation Allocate(long bytes) => _allocator.Allocate(checked((uint)bytes));

    public void Dispose()
    {
        _allocator.Dispose();
        _memory.Dispose();
        Session.Dispose();
    }
}
