using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>A frame that has been decompressed and not checked.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Content">Its content.</param>
/// <param name="Tracker">Received its progress.</param>
internal sealed record DecodedFrame(ArchiveFrame Frame, byte[] Content, FrameTracker Tracker);
