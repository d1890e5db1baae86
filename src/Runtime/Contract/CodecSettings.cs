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

    /// <summary>
    /// How many frames of an archive are coded at the same time, on the same weights; 0 for as many as the processors and
    /// the memory allow. The threads are shared among them. It affects the speed, never the bytes.
    /// </summary>
    public int Workers { get; init; }

    /// <summary>
    /// Where the model runs: "auto", "cpu", "cuda", or "cuda:N[,M...]" with numbers of GPUs. "auto" uses a GPU if this is
    /// the build for CUDA and the GPU computes what processors compute. It affects the speed, never the bytes.
    /// </summary>
    public string Device { get; init; } = "auto";

    /// <summary>
    /// A file that remembers which GPUs have proved themselves with a model; null to prove them whenever a model is
    /// loaded, which takes seconds.
    /// </summary>
    public string? ProofFile { get; init; }

    /// <summary>Receives a line if a GPU is there and "auto" cannot use it.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>The folder models/onnx beside the program.</summary>
    public static string DefaultModelFolder => Path.Combine(AppContext.BaseDirectory, "models", "onnx");

    /// <summary>
    /// Whether the byte coder codes text that it makes smaller. Tests turn it off: their model is so tiny that it would
    /// never be used.
    /// </summary>
    internal bool TriesCoders { get; init; } = true;
}
