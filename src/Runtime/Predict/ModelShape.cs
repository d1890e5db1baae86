namespace NacrithOnnx.Runtime.Predict;

/// <summary>Dimensions of a language model, from its manifest.</summary>
/// <param name="Layers">Number of transformer layers.</param>
/// <param name="Hidden">Width of the residual.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads; each serves <c>Heads / KeyValueHeads</c> query heads.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Intermediate">Width of the feed-forward layer.</param>
/// <param name="Vocabulary">Number of tokens.</param>
/// <param name="Positions">Longest context, including the start token.</param>
/// <param name="StartToken">First token of every context.</param>
internal sealed record ModelShape(
    int Layers,
    int Hidden,
    int Heads,
    int KeyValueHeads,
    int HeadSize,
    int Intermediate,
    int Vocabulary,
    int Positions,
    int StartToken)
{
    /// <summary>Bytes of a cache: a key and a value for each position and head, in bytes, and a scale of each.</summary>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="positions">Positions of each.</param>
    public long CacheLength(int lanes, int positions) =>
        2L * Layers * KeyValueHeads * (HeadSize + sizeof(float)) * lanes * positions;
}
