using NacrithOnnx.Train.Texts;

namespace NacrithOnnx.Train.Files;

/// <summary>What a checkpoint says beside weights and optimiser.</summary>
/// <param name="Steps">Steps of the optimiser.</param>
/// <param name="Tokens">Tokens learned.</param>
/// <param name="Position">How far the texts have been read.</param>
/// <param name="Order">What decides the order of the texts.</param>
/// <param name="FrozenEmbedding">Whether the embedding is not trained.</param>
/// <param name="Sources">SHA-256 of the files of the weights that the training began with.</param>
internal sealed record CheckpointState(
    long Steps, long Tokens, TextPosition Position, TextOrder Order, bool FrozenEmbedding,
    IReadOnlyDictionary<string, string> Sources);
