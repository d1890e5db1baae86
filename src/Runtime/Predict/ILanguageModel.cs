namespace NacrithOnnx.Runtime.Predict;

/// <summary>
/// Predicts next tokens. The logits are a function of the tokens alone: they do not depend on how calls split the
/// tokens, on the number of lanes, on threads or on the processor.
/// </summary>
internal interface ILanguageModel : IDisposable
{
    /// <summary>Dimensions of the model.</summary>
    ModelShape Shape { get; }

    /// <summary>Whether a call keeps more than one thread busy, so that its caller may do other work meanwhile.</summary>
    bool IsParallel { get; }

    /// <summary>Creates an empty cache.</summary>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="positions">Positions per lane, at most <see cref="ModelShape.Positions"/>.</param>
    IKeyValueCache CreateCache(int lanes, int positions);

    /// <summary>Feeds the next tokens of every lane and appends them to the cache.</summary>
    /// <param name="cache">A cache of this model.</param>
    /// <param name="tokens">Tokens [lanes, count].</param>
    /// <param name="logitsFrom">
    /// First of the <c>count</c> positions whose logits are needed; <c>count</c> for none.
    /// </param>
    /// <returns>
    /// Logits [lanes, count − logitsFrom, vocabulary]: row (s, i) predicts the token after <c>tokens[s, logitsFrom +
    /// i]</c>. Valid until the second call after it that returns any, so that they can be coded meanwhile.
    /// </returns>
    ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom);

    /// <summary>
    /// Hidden states of the last call, after the final norm, from which its logits were computed
    /// [lanes, count − logitsFrom, hidden]. Valid as long as they.
    /// </summary>
    ReadOnlyMemory<float> HiddenStates { get; }
}
