namespace NacrithOnnx.Format;

/// <summary>One frame, as its head describes it.</summary>
/// <param name="Offset">Offset of the frame in the stream; a small archive is its own frame.</param>
/// <param name="Length">Length of the frame in bytes.</param>
/// <param name="OriginalStart">Offset of its content in the content of its archive.</param>
/// <param name="Head">Describes the content.</param>
public sealed record FrameListing(long Offset, long Length, long OriginalStart, BodyHead Head);
