namespace NacrithOnnx;

/// <summary>
/// Reads the content of archives, a frame at a time, each compared with its checksum. One call at a time.
/// </summary>
public interface IArchiveReader : IDisposable
{
    /// <summary>Offset of the next byte of content.</summary>
    long Position { get; }

    /// <summary>Length of the content; the input can seek.</summary>
    long Length { get; }

    /// <summary>Content from the position to the end of the current frame; none before <see cref="Fill"/>.</summary>
    ReadOnlyMemory<byte> Available { get; }

    /// <summary>Makes content available, unless there is some.</summary>
    /// <returns>False at the end of the content.</returns>
    /// <exception cref="NacrithException">The archive is damaged, or made with another model, or refused by a limit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the call can be repeated.</exception>
    bool Fill(CancellationToken cancel = default);

    /// <inheritdoc cref="Fill"/>
    ValueTask<bool> FillAsync(CancellationToken cancel = default);

    /// <summary>Passes over available content.</summary>
    void Advance(int count);

    /// <summary>Moves to any offset, even beyond the end; the input can seek.</summary>
    void Seek(long position);
}
