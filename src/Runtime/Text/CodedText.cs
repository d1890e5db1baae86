namespace NacrithOnnx.Runtime.Text;

/// <summary>What coding the text of a frame gives besides its payload.</summary>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="IsPrimed">Whether the lanes start after a primer.</param>
internal readonly record struct CodedText(int Tokens, bool IsPrimed);
