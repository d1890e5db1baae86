namespace NacrithOnnx.Format;

/// <summary>The parameters of a frame's text that a decoder needs before the first token.</summary>
/// <param name="TokenCount">Tokens in all text regions, over all lanes.</param>
/// <param name="LaneCount">
/// Lanes: runs of tokens that are coded in lock step, 1 to 1024. The wire format calls them streams.
/// </param>
/// <param name="PrimerTokenCount">
/// Tokens at the start of the text that every lane has as context before its first token.
/// </param>
public readonly record struct TextSection(int TokenCount, int LaneCount = 1, int PrimerTokenCount = 0);
