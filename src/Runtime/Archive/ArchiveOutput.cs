using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>
/// The output of an archive. What the container writes stays in memory until it is passed on, so that only this waits for the
/// stream, in either way.
/// </summary>
/// <param name="output">Receives the archive; left open.</param>
internal sealed class ArchiveOutput(Stream output) : IDisposable
{
    private readonly MemoryStream _pending = new();
    private ContainerWriter? _container;

    /// <summary>Writes the archive.</summary>
    public ContainerWriter Container => _container ??= new ContainerWriter(_pending);

    /// <summary>Bytes of the archive passed on.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Bytes of the archive so far.</summary>
    public long Length => BytesWritten + _pending.Length;

    private ReadOnlyMemory<byte> Pending => _pending.GetBuffer().AsMemory(0, (int)_pending.Length);

    /// <summary>Writes to the stream what the container has written.</summary>
    public void PassOn()
    {
        output.Write(Pending.Span);
        Empty();
    }

    /// <inheritdoc cref="PassOn"/>
    public async ValueTask PassOnAsync(CancellationToken cancel)
    {
        await output.WriteAsync(Pending, cancel).ConfigureAwait(false);
        Empty();
    }

    /// <summary>Flushes the stream.</summary>
    public void Flush() => output.Flush();

    /// <inheritdoc cref="Flush"/>
    public Task FlushAsync(CancellationToken cancel) => output.FlushAsync(cancel);

    public void Dispose()
    {
        _container?.Dispose();
        _pending.Dispose();
    }

    private void Empty()
    {
        BytesWritten += _pending.Length;
        _pending.SetLength(0);
    }
}
