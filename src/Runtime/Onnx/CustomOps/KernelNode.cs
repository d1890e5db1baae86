namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>One node of a session that a kernel computes; ONNX Runtime holds it by a handle.</summary>
internal sealed class KernelNode(KernelDefinition definition) : IDisposable
{
    public KernelDefinition Definition { get; } = definition;

    /// <summary>What the kernel keeps from call to call; goes with the session.</summary>
    public IDisposable? State { get; set; }

    public void Dispose() => State?.Dispose();
}
