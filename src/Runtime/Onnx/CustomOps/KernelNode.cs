namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>A node of a session that a kernel computes; ONNX Runtime refers to it by a handle.</summary>
internal sealed class KernelNode(KernelDefinition definition) : IDisposable
{
    public KernelDefinition Definition { get; } = definition;

    /// <summary>State that the kernel keeps between calls; disposed with the session.</summary>
    public IDisposable? State { get; set; }

    public void Dispose() => State?.Dispose();
}
