using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>A stretch of a block that one coder takes.</summary>
/// <param name="Kind">Which coder.</param>
/// <param name="Offset">First byte, from the start of the block.</param>
/// <param name="Length">Bytes, at least one.</param>
internal readonly record struct Stretch(RegionKind Kind, int Offset, int Length);
