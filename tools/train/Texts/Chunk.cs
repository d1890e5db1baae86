namespace NacrithOnnx.Train.Texts;

/// <summary>A run of tokens that is learned in one window, behind a start token of its own.</summary>
/// <param name="Document">Index of the document.</param>
/// <param name="Start">Index of the first token.</param>
/// <param name="Length">Tokens.</param>
internal readonly record struct Chunk(int Document, int Start, int Length);
