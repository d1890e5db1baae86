using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>A frame of a writer from the time it is full until it is written.</summary>
/// <param name="Buffer">Begins with the content.</param>
/// <param name="Length">Bytes of content.</param>
/// <param name="Container">What the body will lie in.</param>
/// <param name="Tracker">Receives progress.</param>
internal sealed record FrameInWork(byte[] Buffer, int Length, BodyContainer Container, FrameTracker Tracker)
{
    /// <summary>The content.</summary>
    public ReadOnlySpan<byte> Content => Buffer.AsSpan(0, Length);
}
