using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>Where an <see cref="ArchiveReader"/> gets its frames from.</summary>
internal interface IFrameSource
{
    /// <summary>
    /// Fetches the next frame, so that <see cref="TryRead"/> does not wait for the input. May be repeated.
    /// </summary>
    ValueTask PrefetchAsync(CancellationToken cancel);

    /// <summary>Reads the frame that holds a position of the content.</summary>
    /// <returns>False at the end of the content.</returns>
    /// <exception cref="NacrithException">The input is not an archive, is damaged, or exceeds a limit.</exception>
    bool TryRead(long position, [NotNullWhen(true)] out ArchiveFrame? frame);

    /// <summary>
    /// Checks the content of the next frame, in the order in which they were read, and adds it to the progress.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="content">Its content.</param>
    /// <param name="tracker">Received its progress.</param>
    /// <exception cref="ChecksumException">The content is not what was compressed.</exception>
    void Add(ArchiveFrame frame, ReadOnlySpan<byte> content, FrameTracker tracker);

    /// <summary>Checks the archives that have been read to their end and whose content has been added.</summary>
    /// <exception cref="ChecksumException">The content is not what was compressed.</exception>
    void CheckArchives();
}
