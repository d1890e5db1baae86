namespace NacrithOnnx.Train.Texts;

/// <summary>How far the texts have been read.</summary>
/// <param name="Pass">Pass through the texts, from 0.</param>
/// <param name="Chunk">Chunks of that pass that have been learned.</param>
internal readonly record struct TextPosition(int Pass, int Chunk);
