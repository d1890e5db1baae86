using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>Where an <see cref="ArchiveReader"/> gets its frames from.</summary>
internal interface IFrameSource
{
    /// <summary>Fetches the next frame, so that <see cref="TryRead"/> need not wait for the input. May be repeated.</summary>
    ValueTask PrefetchAsync(CancellationToken cancel);

    /// <summary>Reads the frame that holds a position of the content.</summary>
    /// <returns>False at the end of the content.</returns>
    /// <exception cref="NacrithException">The input is not an archive, is damaged, or passes a limit.</exception>
    bool TryRead(long position, [NotNullWhen(true)] out ArchiveFrame? frame);

    /// <summary>Takes the content of the frame read last into the checks and the progress.</summary>
    void Add(DataFrame frame, ReadOnlySpan<byte> content);
}
