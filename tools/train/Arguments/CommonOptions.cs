using System.CommandLine;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Tokenize;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Arguments;

/// <summary>Options that several commands have, and what they open.</summary>
internal static class CommonOptions
{
    /// <summary>Weights to read.</summary>
    public static Option<string?> Weights() => new("--weights")
    {
        Description = "GGUF file, .safetensors file, or .safetensors.index.json; config.json lies beside safetensors.",
    };

    /// <summary>Where the tokenizer is.</summary>
    public static Option<string> Tokenizer() => new("--tokenizer")
    {
        Description = "The exported tokenizer.",
        DefaultValueFactory = _ => "models/onnx/tokenizer.bin",
    };

    /// <summary>Texts to validate with.</summary>
    public static Option<string?> Check() => new("--check")
    {
        Description = "Folder of texts that are measured and never trained on; one subfolder for each kind.",
    };

    /// <summary>How much of them.</summary>
    public static Option<int> CheckTokens() => new("--check-tokens")
    {
        Description = "Tokens to measure of each kind.",
        DefaultValueFactory = _ => 2048,
    };

    /// <summary>Whether to round as the exporter does.</summary>
    public static Option<bool> QuantizeAware() => new("--quantize-aware")
    {
        Description = "Rounds weights and activations in the forward pass as the exported model does (plan fast).",
    };

    /// <summary>Processor threads.</summary>
    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads. Resuming gives the same weights only with the same number.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>Sets the number of threads.</summary>
    public static void UseThreads(int threads) => set_num_threads(Positive("--threads", threads));

    /// <summary>Loads a tokenizer.</summary>
    public static Tokenizer Load(string path) => Runtime.Tokenize.Tokenizer.Load(File.ReadAllBytes(path));

    /// <summary>Refuses zero and less.</summary>
    public static int Positive(string option, int value) =>
        value > 0 ? value : throw new EnvironmentException($"{option} must be at least 1");
}
