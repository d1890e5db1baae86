namespace NacrithOnnx.Runtime.Frame;

/// <summary>The right to compute with a codec's model, until disposed.</summary>
internal readonly struct Turn(SemaphoreSlim turns) : IDisposable
{
    public void Dispose() => turns.Release();
}
