namespace NacrithOnnx;

/// <summary>Refuses a call during another: two at once would mix up content without a sign.</summary>
internal sealed class SingleCall : IDisposable
{
    private int _busy;

    /// <summary>Begins a call, which disposing ends.</summary>
    /// <exception cref="InvalidOperationException">Another has not ended.</exception>
    public SingleCall Begin() => Interlocked.Exchange(ref _busy, 1) == 0
        ? this
        : throw new InvalidOperationException("Another call has not ended.");

    public void Dispose() => Volatile.Write(ref _busy, 0);
}
