namespace NacrithOnnx;

/// <summary>
/// Writes one archive: content is pushed in, and compressed a frame at a time. After a failure or a cancellation content
/// is missing, so the archive is never ended. One call at a time.
/// </summary>
public interface IArchiveWriter : IDisposable
{
    /// <summary>Bytes of content taken.</summary>
    long Position { get; }

    /// <summary>Bytes of the archive written.</summary>
    long BytesWritten { get; }

    /// <summary>Whether the archive is ended.</summary>
    bool IsComplete { get; }

    /// <summary>Whether a call failed or was cancelled, so that content is missing.</summary>
    bool HasFailed { get; }

    /// <summary>Takes content, and compresses each frame that it fills.</summary>
    /// <exception cref="InvalidOperationException">The archive is complete, or an earlier call failed.</exception>
    void Write(ReadOnlySpan<byte> content, CancellationToken cancel = default);

    /// <inheritdoc cref="Write"/>
    ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancel = default);

    /// <summary>Compresses what is left, and ends the archive.</summary>
    /// <exception cref="InvalidOperationException">The archive is complete, or an earlier call failed.</exception>
    void Complete(CancellationToken cancel = default);

    /// <inheritdoc cref="Complete"/>
    ValueTask CompleteAsync(CancellationToken cancel = default);
}
