using System.Text.Json;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>The model of the repository, and its output for a prompt.</summary>
internal static class RealModel
{
    /// <summary>Hash of the logits after each token of <see cref="Prompt"/> under the plan "fast".</summary>
    public const ulong FastLogits = 0x4CD6A21E1FFA0EDB;

    /// <summary>The same under the plan "precise".</summary>
    public const ulong PreciseLogits = 0x6BCF534F2CA7DC58;

    public static string Folder { get; } = Path.Combine(Repository.Root, "models", "onnx");

    /// <summary>41 tokens that begin with the start token.</summary>
    public static int[] Prompt { get; } = JsonSerializer.Deserialize<int[]>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Golden", "prompt-41-tokens.json")))!;

    public static ulong Logits(string plan) => plan == "fast" ? FastLogits : PreciseLogits;

    public static OnnxLanguageModel Open(
        string plan, KernelWidth width, int threads, bool wholeProducts = false, int calls = int.MaxValue, bool steps = false)
    {
        var manifest = new ModelFolder(Folder).Manifest;
        var graph = FileSlice.Whole(Path.Combine(Folder, manifest.Graphs[plan]));
        return new OnnxLanguageModel(
            graph, manifest.Shape, threads, width, wholeProducts, calls,
            steps ? new StepModel(graph, manifest.Shape, threads, width, patience: 0) : null);
    }
}
