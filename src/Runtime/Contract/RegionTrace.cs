using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>A region of a frame.</summary>
/// <param name="Kind">Its coder.</param>
/// <param name="TransformId">What was done to it before; 0 for nothing.</param>
/// <param name="Length">Bytes of content.</param>
/// <param name="TextLength">Bytes of text after the transform; 0 for other regions.</param>
internal readonly record struct RegionTrace(RegionKind Kind, int TransformId, int Length, int TextLength);
