using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>Frames at any positions of an input that can seek. Checks only the frames that it reads.</summary>
internal sealed class IndexedFrames(ContentMap map, ProgressTracker all) : IFrameSource
{
    public ValueTask PrefetchAsync(CancellationToken cancel) => default;

    public bool TryRead(long position, [NotNullWhen(true)] out ArchiveFrame? frame)
    {
        frame = map.Find(position, 1) is [var location, ..]
            ? new ArchiveFrame(location.Archive, map.ReadFrame(location))
            : null;
        return frame is not null;
    }

    public void Add(ArchiveFrame frame, ReadOnlySpan<byte> content, FrameTracker tracker)
    {
        var data = frame.Data;
        data.Verify(content);
        all.Frame(tracker, data.Body.Length, content.Length, data.Body.Head.TokenCount);
    }

    public void CheckArchives()
    {
    }
}
