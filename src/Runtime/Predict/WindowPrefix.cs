namespace NacrithOnnx.Runtime.Predict;

/// <summary>Tokens before every lane of some windows: a primer, or the end of a dictionary.</summary>
/// <param name="Tokens">The tokens, fewer than a window has positions.</param>
/// <param name="Cache">
/// A cache of one lane that has been fed the start token and all of the tokens except the last, which is fed as the
/// token before each lane.
/// </param>
internal sealed record WindowPrefix(int[] Tokens, IKeyValueCache Cache);
