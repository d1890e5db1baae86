using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Model;

/// <summary>A model opened with one plan of its arithmetic, on the CPU or on GPUs.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly IReadOnlyList<ILanguageModel> _models;
    private readonly Stack<ILanguageModel> _free;

    /// <summary>Takes over models that are open.</summary>
    /// <param name="plan">Plan of their arithmetic.</param>
    /// <param name="threads">Threads on the CPU.</param>
    /// <param name="models">One on the CPU, or one for each GPU.</param>
    internal LoadedModel(ArithmeticPlan plan, int threads, IReadOnlyList<ILanguageModel> models)
    {
        Plan = plan;
        Threads = threads;
        _models = models;
        _free = new(models.Reverse());
    }

    public ArithmeticPlan Plan { get; }

    /// <summary>Threads of all callers together, if it runs on the CPU.</summary>
    public int Threads { get; }

    /// <summary>The model, on the first of its devices.</summary>
    public ILanguageModel Model => _models[0];

    /// <summary>
    /// The model for one caller. On the CPU any number of them may call at once; each GPU has one. The caller disposes what it
    /// gets; the weights stay.
    /// </summary>
    /// <exception cref="InvalidOperationException">All GPUs are in use.</exception>
    public ILanguageModel Lend()
    {
        if (Model is OnnxLanguageModel cpu)
        {
            return cpu.Share();
        }

        lock (_free)
        {
            return new LentModel(_free.Pop(), Return);
        }
    }

    /// <summary>Opens a model; meanwhile its hashes are verified and the processor is tested.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="plan">Plan of the arithmetic.</param>
    /// <param name="threads">Threads on the CPU.</param>
    /// <param name="devices">The GPUs to use, if any.</param>
    /// <param name="calls">
    /// About how many calls ONNX Runtime will make soon; what takes longer than they do is put off. None where there are only steps.
    /// </param>
    /// <exception cref="EnvironmentException">It cannot be opened.</exception>
    public static LoadedModel Open(
        ModelFolder folder, ArithmeticPlan plan, int threads, ModelDevices devices, int calls = int.MaxValue)
    {
        var manifest = folder.Manifest;
        var graph = manifest.Graph(plan);
        ILanguageModel OpenCpu()
        {
            SelfTest.Run(folder.File(manifest.SelfTest), threads);
            var file = folder.File(graph);
            var steps = StepModel.IsFast
                ? new StepModel(file, manifest.Shape, threads, KernelSets.Best, calls == 0 ? 0 : StepModel.Patience)
                : null;
            return new OnnxLanguageModel(
                file, manifest.Shape, threads, KernelSets.Best, KernelSets.PrefersWholeProducts, calls, steps);
        }

        var verification = Task.Run(() => folder.VerifyModel(graph));
        LoadedModel? loaded = null;
        try
        {
            var onGpus = devices.Open(folder, plan, OpenCpu);
            loaded = new LoadedModel(plan, threads, onGpus.Count > 0 ? onGpus : [OpenCpu()]);
            verification.GetAwaiter().GetResult();
            return loaded;
        }
        catch
        {
            loaded?.Dispose();

            // A fault of a file explains more than the error that ONNX Runtime reports because of it.
            verification.GetAwaiter().GetResult();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var model in _models)
        {
            model.Dispose();
        }
    }

    private void Return(ILanguageModel model)
    {
        lock (_free)
        {
            _free.Push(model);
        }
    }
}
