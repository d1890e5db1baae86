namespace NacrithOnnx;

/// <summary>
/// Reads the content of archives, a frame at a time, and verifies the checksum of each. One call at a time.
/// </summary>
public interface IArchiveReader : IDisposable
{
    /// <summary>Offset of the next byte of content.</summary>
    long Position { get; }

    /// <summary>Length of the content; requires an input that can seek.</summary>
    long Length { get; }

    /// <summary>Content from the position to the end of the current frame; none before <see cref="Fill"/>.</summary>
    ReadOnlyMemory<byte> Available { get; }

    /// <summary>Makes content available, unless some is already.</summary>
    /// <returns>False at the end of the content.</returns>
    /// <exception cref="NacrithException">
    /// The archive is damaged, was made with another model, or exceeds a limit.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the call can be repeated.</exception>
    bool Fill(CancellationToken cancel = default);

    /// <inheritdoc cref="Fill"/>
    ValueTask<bool> FillAsync(CancellationToken cancel = default);

    /// <summary>Skips available content.</summary>
    void Advance(int count);

    /// <summary>Moves to any offset, even beyond the end; requires an input that can seek.</summary>
    void Seek(long position);
}
