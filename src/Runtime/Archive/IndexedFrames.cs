using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>Frames at any positions of an input that can seek. Checks only the frames that it reads.</summary>
internal sealed class IndexedFrames(ContentMap map, ProgressTracker tracker) : IFrameSource
{
    public ValueTask PrefetchAsync(CancellationToken cancel) => default;

    public bool TryRead(long position, [NotNullWhen(true)] out ArchiveFrame? frame)
    {
        frame = map.Find(position, 1) is [var location, ..]
            ? new ArchiveFrame(location.Archive, map.ReadFrame(location))
            : null;
        return frame is not null;
    }

    public void Add(DataFrame frame, ReadOnlySpan<byte> content)
    {
        frame.Verify(content);
        tracker.Frame(frame.Body.Length, content.Length, frame.Body.Head.TokenCount);
    }
}
