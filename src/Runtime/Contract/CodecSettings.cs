namespace NacrithOnnx;

/// <summary>What is needed to open a codec.</summary>
/// <param name="ModelFolder">Folder with manifest.json, the model and its tokenizer.</param>
/// <param name="Threads">Threads to compute with, at least 1. They change the speed and never a byte.</param>
public sealed record CodecSettings(string ModelFolder, int Threads)
{
    /// <summary>All processors, and the model beside the program.</summary>
    public CodecSettings()
        : this(DefaultModelFolder)
    {
    }

    /// <summary>All processors.</summary>
    /// <param name="modelFolder">Folder with manifest.json, the model and its tokenizer.</param>
    public CodecSettings(string modelFolder)
        : this(modelFolder, Environment.ProcessorCount)
    {
    }

    /// <summary>The folder models/onnx beside the program.</summary>
    public static string DefaultModelFolder => Path.Combine(AppContext.BaseDirectory, "models", "onnx");

    /// <summary>
    /// Whether text goes to the byte coder where that makes it smaller. Tests turn it off: their model is so tiny that it
    /// would never be used.
    /// </summary>
    internal bool TriesCoders { get; init; } = true;
}
