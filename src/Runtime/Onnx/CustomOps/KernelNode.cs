namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>A node of a session that a kernel computes; ONNX Runtime refers to it by a handle.</summary>
internal sealed class KernelNode(KernelDefinition definition) : IDisposable
{
    private volatile IDisposable? _state;

    public KernelDefinition Definition { get; } = definition;

    /// <summary>Held by the call that makes the state: several may compute the node at once.</summary>
    public Lock Guard { get; } = new();

    /// <summary>State that the kernel keeps between calls; disposed with the session.</summary>
    public IDisposable? State
    {
        get => _state;
        set => _state = value;
    }

    public void Dispose() => State?.Dispose();
}
