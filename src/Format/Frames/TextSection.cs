namespace NacrithOnnx.Format;

/// <summary>What a decoder must know of a frame's text before it decodes the first token.</summary>
/// <param name="TokenCount">Tokens of all text regions together, over all streams.</param>
/// <param name="LaneCount">Streams decoded in lock step, 1 to 1024.</param>
/// <param name="PrimerTokenCount">Tokens each stream but the first gets as context before its own first token.</param>
public readonly record struct TextSection(int TokenCount, int LaneCount = 1, int PrimerTokenCount = 0);
