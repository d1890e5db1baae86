namespace NacrithOnnx.Runtime.Predict;

/// <summary>
/// Predicts next tokens. The logits are a function of the tokens alone: not of the calls that fed them, the number of
/// lanes beside them, the threads or the processor.
/// </summary>
internal interface ILanguageModel : IDisposable
{
    /// <summary>Dimensions of the model.</summary>
    ModelShape Shape { get; }

    /// <summary>Makes an empty cache.</summary>
    /// <param name="lanes">Lanes fed side by side.</param>
    /// <param name="positions">Positions it must hold for each, at most <see cref="ModelShape.Positions"/>.</param>
    IKeyValueCache CreateCache(int lanes, int positions);

    /// <summary>Feeds the next tokens of every lane and appends them to the cache.</summary>
    /// <param name="cache">A cache of this model.</param>
    /// <param name="tokens">Tokens [lanes, count].</param>
    /// <param name="logitsFrom">First of the <c>count</c> positions whose logits are wanted; <c>count</c> for none.</param>
    /// <returns>
    /// Logits [lanes, count − logitsFrom, vocabulary]: row (s, i) predicts the token after <c>tokens[s, logitsFrom + i]</c>.
    /// Valid until the next call.
    /// </returns>
    ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom);

    /// <summary>
    /// The hidden states that the last call's logits were made from [lanes, count − logitsFrom, hidden], behind the
    /// last norm. Valid until the next call.
    /// </summary>
    ReadOnlyMemory<float> HiddenStates { get; }
}
