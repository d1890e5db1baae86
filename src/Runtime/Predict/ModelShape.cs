namespace NacrithOnnx.Runtime.Predict;

/// <summary>Dimensions of a language model, as its manifest states them.</summary>
/// <param name="Layers">Transformer layers.</param>
/// <param name="Hidden">Width of the residual.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads; each serves <c>Heads / KeyValueHeads</c> query heads.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Intermediate">Width of the feed-forward layer.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Positions">Longest context, the start token counted.</param>
/// <param name="StartToken">Token that every context begins with.</param>
internal sealed record ModelShape(
    int Layers,
    int Hidden,
    int Heads,
    int KeyValueHeads,
    int HeadSize,
    int Intermediate,
    int Vocabulary,
    int Positions,
    int StartToken);
