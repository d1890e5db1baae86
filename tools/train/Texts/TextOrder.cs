namespace NacrithOnnx.Train.Texts;

/// <summary>Everything that decides which chunks come in which order: a run is resumed with the same.</summary>
/// <param name="Texts">Hash of the corpus.</param>
/// <param name="Seed">Seed of the order.</param>
/// <param name="Lengths">Lengths of chunks.</param>
/// <param name="Kinds">Weights of kinds.</param>
internal sealed record TextOrder(string Texts, int Seed, string Lengths, string Kinds);
