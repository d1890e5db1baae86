namespace NacrithOnnx.Train.Texts;

/// <summary>Tokens of the text in one file, as the compressor would code them.</summary>
/// <param name="Kind">Kind of text: the folder.</param>
/// <param name="Tokens">Without a start token.</param>
internal sealed record Document(string Kind, int[] Tokens);
