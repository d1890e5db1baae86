namespace NacrithOnnx.Runtime;

/// <summary>What is needed to open a codec.</summary>
/// <param name="ModelFolder">Folder with manifest.json, the model and its tokenizer.</param>
/// <param name="Threads">Threads to compute with, at least 1. They change the speed and never a byte.</param>
public sealed record CodecSettings(string ModelFolder, int Threads)
{
    /// <summary>
    /// Whether text goes to the byte coder where that makes it smaller. Tests turn it off: their model is so tiny that it
    /// would never be used.
    /// </summary>
    internal bool TriesCoders { get; init; } = true;
}
