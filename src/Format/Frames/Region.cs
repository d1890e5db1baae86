namespace NacrithOnnx.Format;

/// <summary>A run of original bytes that one coder codes after one reversible transform.</summary>
/// <param name="Kind">The coder.</param>
/// <param name="TransformId">
/// Transform applied before coding, or 0 for none. The codec defines the ids. Always 0 in stored regions.
/// </param>
/// <param name="OriginalLength">Length before the transform in bytes, at least 1.</param>
/// <param name="TransformedLength">
/// Length after the transform if a body lists several regions and this one is transformed text; otherwise 0.
/// </param>
public readonly record struct Region(RegionKind Kind, int TransformId, int OriginalLength, int TransformedLength = 0);
