namespace NacrithOnnx.Runtime.Text;

/// <summary>Result of coding the text of a frame, besides the payload.</summary>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="IsPrimed">Whether the lanes start after a primer.</param>
internal readonly record struct CodedText(int Tokens, bool IsPrimed);
