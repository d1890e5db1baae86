using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Export;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// A model folder with the real graphs and the real tokenizer, but few and random weights: written once per test run,
/// opened in milliseconds.
/// </summary>
internal sealed class TinyModel
{
    private const string Tokenizer = "tokenizer.bin";
    private const string SelfTestFile = "selftest.onnx";

    private static readonly Lazy<TinyModel> LazyGraph = new(() => Create(
        new ModelShape(2, 192, 6, 2, ExactArithmetic.HeadSize, 128, 512, 512, 0), 1));

    private static readonly Lazy<TinyModel> LazyCodec = new(() => Create(CodecShape, 2));
    private static readonly Lazy<TinyModel> LazyOther = new(() => Create(CodecShape, 3));

    private TinyModel(string folder, ModelManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    /// <summary>Two layers, three query heads on each of two key/value heads, 512 tokens and positions.</summary>
    public static TinyModel Graph => LazyGraph.Value;

    /// <summary>One layer with the vocabulary and the positions of the real model.</summary>
    public static TinyModel Codec => LazyCodec.Value;

    /// <summary>The same, with other weights.</summary>
    public static TinyModel Other => LazyOther.Value;

    public string Folder { get; }

    public ModelManifest Manifest { get; }

    public ModelShape Shape => Manifest.Shape;

    private static ModelShape CodecShape => new(1, 64, 1, 1, ExactArithmetic.HeadSize, 64, 49_152, 8192, 0);

    public OnnxLanguageModel Open(
        string plan, KernelWidth width, int threads = 1, bool wholeProducts = false, int calls = int.MaxValue) =>
        new(GraphFile(plan), Shape, threads, width, wholeProducts, calls);

    /// <summary>A model that does all calls without ONNX Runtime, on any processor.</summary>
    public OnnxLanguageModel OpenSteps(string plan, KernelWidth width, int threads = 1, Func<bool, bool>? isWhole = null) =>
        new(GraphFile(plan), Shape, threads, width, false, calls: 0, Steps(plan, width, threads, patience: 0, isWhole));

    public StepModel Steps(string plan, KernelWidth width, int threads, int patience, Func<bool, bool>? isWhole = null) =>
        new(GraphFile(plan), Shape, threads, width, patience, isWhole);

    /// <summary>A session of ONNX Runtime on the graph of the plan "fast".</summary>
    public InferenceSession OpenSession(bool packs) => OnnxLanguageModel.OpenSession(
        FileSlice.Whole(Path.Combine(Folder, Manifest.Graphs["fast"])), 1, KernelSets.Best, packs: packs);

    /// <summary>The graph of a plan.</summary>
    public FileSlice GraphFile(string plan) => FileSlice.Whole(Path.Combine(Folder, Manifest.Graphs[plan]));

    private static TinyModel Create(ModelShape shape, int seed)
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var weights = TinyWeights.Create(shape, seed);
        var graphs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<string> weightFiles;
        using (var data = new ExternalDataWriter(folder.Path, "weights"))
        {
            var store = new WeightStore(data);
            foreach (var plan in (PartsPlan[])[PartsPlan.Fast, PartsPlan.Precise])
            {
                graphs[plan.Id] = $"model.{plan.Id}.onnx";
                folder.Write(graphs[plan.Id], ModelGraph.Write(weights, plan, store));
            }

            weightFiles = data.Files;
        }

        folder.Write(SelfTestFile, SelfTestGraph.Write());
        File.Copy(Path.Combine(Repository.Root, "models", "onnx", Tokenizer), folder.File(Tokenizer));
        string[] files = [.. graphs.Values, .. weightFiles, Tokenizer, SelfTestFile];
        var manifest = new ModelManifest(
            "tiny", ExactArithmetic.Id, shape, graphs, weightFiles, Tokenizer, SelfTestFile,
            files.ToDictionary(file => file, file => Sha256Digest.Compute(File.ReadAllBytes(folder.File(file)))),
            new Dictionary<string, Sha256Digest>());
        folder.Write(ModelManifest.FileName, manifest.ToJson());
        return new TinyModel(folder.Path, manifest);
    }
}
