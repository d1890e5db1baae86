namespace NacrithOnnx.Format;

/// <summary>A run of original bytes that goes to one coder through one reversible transform.</summary>
/// <param name="Kind">The coder.</param>
/// <param name="TransformId">Transform applied before coding, 0 for none; ids belong to the codec. Stored: 0.</param>
/// <param name="OriginalLength">Length before the transform, in bytes, at least 1.</param>
/// <param name="TransformedLength">
/// Length after the transform, where a body lists several regions and this one is transformed text; otherwise 0.
/// </param>
public readonly record struct Region(RegionKind Kind, int TransformId, int OriginalLength, int TransformedLength = 0);
