using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>A model open under one plan of its arithmetic.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(string plan, Sha256Digest identity, OnnxLanguageModel model)
    {
        Plan = plan;
        Identity = identity;
        Model = model;
    }

    public string Plan { get; }

    public Sha256Digest Identity { get; }

    public OnnxLanguageModel Model { get; }

    /// <summary>Opens a model: its hashes are compared and the processor is tested meanwhile.</summary>
    public static LoadedModel Open(ModelFolder folder, string plan, int threads)
    {
        var manifest = folder.Manifest;
        if (!manifest.Graphs.TryGetValue(plan, out var graph))
        {
            throw new EnvironmentException($"The model folder has no graph for the \"{plan}\" arithmetic.");
        }

        var verification = Task.Run(() => folder.VerifyModel(graph));
        OnnxLanguageModel? model = null;
        try
        {
            SelfTest.Run(folder.File(manifest.SelfTest), threads);
            model = new OnnxLanguageModel(
                folder.File(graph), manifest.Shape, threads, KernelSets.Best, KernelSets.PrefersWholeProducts);
            verification.GetAwaiter().GetResult();
            return new LoadedModel(plan, manifest.Identity(plan), model);
        }
        catch
        {
            model?.Dispose();

            // What is wrong with a file says more than what ONNX Runtime makes of it.
            verification.GetAwaiter().GetResult();
            throw;
        }
    }

    public void Dispose() => Model.Dispose();
}
