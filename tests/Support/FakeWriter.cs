namespace NacrithOnnx.Tests.Support;

/// <summary>Writes content as it is, each bit inverted.</summary>
internal sealed class FakeWriter(Stream output) : IArchiveWriter
{
    public long Position { get; private set; }

    public long BytesWritten => Position;

    public bool IsComplete { get; private set; }

    public bool HasFailed => false;

    public void Write(ReadOnlySpan<byte> content, CancellationToken cancel = default)
    {
        foreach (var value in content)
        {
            output.WriteByte((byte)~value);
            Position++;
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        Write(content.Span, cancel);
        return default;
    }

    public void Complete(CancellationToken cancel = default) => IsComplete = true;

    public ValueTask CompleteAsync(CancellationToken cancel = default)
    {
        Complete(cancel);
        return default;
    }

    public void Dispose()
    {
    }
}
