using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;

namespace NacrithOnnx.Runtime.Model;

/// <summary>A model open under one plan of its arithmetic.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(ArithmeticPlan plan, OnnxLanguageModel model)
    {
        Plan = plan;
        Model = model;
    }

    public ArithmeticPlan Plan { get; }

    public OnnxLanguageModel Model { get; }

    /// <summary>Opens a model: its hashes are compared and the processor is tested meanwhile.</summary>
    public static LoadedModel Open(ModelFolder folder, ArithmeticPlan plan, int threads)
    {
        var manifest = folder.Manifest;
        if (!manifest.Graphs.TryGetValue(plan.Name, out var graph))
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
            return new LoadedModel(plan, model);
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
