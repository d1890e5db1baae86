namespace NacrithOnnx;

/// <summary>Settings to open a codec.</summary>
/// <param name="ModelFolder">Folder with manifest.json, the model and its tokenizer.</param>
/// <param name="Threads">Number of compute threads, at least 1. It affects the speed, never the bytes.</param>
public sealed record CodecSettings(string ModelFolder, int Threads)
{
    /// <summary>Uses all processors, and the model beside the program.</summary>
    public CodecSettings()
        : this(DefaultModelFolder)
    {
    }

    /// <summary>Uses all processors.</summary>
    /// <param name="modelFolder">Folder with manifest.json, the model and its tokenizer.</param>
    public CodecSettings(string modelFolder)
        : this(modelFolder, Environment.ProcessorCount)
    {
    }

    /// <summary>The folder models/onnx beside the program.</summary>
    public static string DefaultModelFolder => Path.Combine(AppContext.BaseDirectory, "models", "onnx");

    /// <summary>
    /// Whether the byte coder codes text that it makes smaller. Tests turn it off: their model is so tiny that it would
    /// never be used.
    /// </summary>
    internal bool TriesCoders { get; init; } = true;
}
