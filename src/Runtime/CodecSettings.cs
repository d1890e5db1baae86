namespace NacrithOnnx.Runtime;

/// <summary>What is needed to open a codec.</summary>
/// <param name="ModelFolder">Folder with manifest.json, the model and its tokenizer.</param>
/// <param name="Threads">Threads to compute with, at least 1. They change the speed and never a byte.</param>
public sealed record CodecSettings(string ModelFolder, int Threads)
{
    /// <summary>The model that the package NacrithOnnx.Model puts beside the program; all processors.</summary>
    public CodecSettings()
        : this(Path.Combine(AppContext.BaseDirectory, "models", "onnx"), Environment.ProcessorCount)
    {
    }
}
