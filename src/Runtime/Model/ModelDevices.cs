using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Model;

/// <summary>
/// The GPUs of an engine, if it uses any: found when they are first asked for, and trusted once they have computed what
/// the CPU computes.
/// </summary>
/// <param name="setting">Which devices may be used.</param>
/// <param name="platform">What the machine has.</param>
/// <param name="proofs">Which devices need no proof.</param>
/// <param name="warn">Receives the reason why the CPU is used instead.</param>
internal sealed class ModelDevices(DeviceSetting setting, CudaPlatform platform, ProofRecord proofs, Action<string>? warn)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<CudaGpu>? _gpus;

    /// <summary>Only the CPU.</summary>
    public static ModelDevices Cpu { get; } = new(DeviceSetting.Cpu, new CudaPlatform(new CudaSystem()), new ProofRecord(null), null);

    /// <summary>What computes, for people.</summary>
    public string Description
    {
        get
        {
            try
            {
                var gpus = Gpus();
                return gpus.Count == 0
                    ? OnnxLanguageModel.Provider
                    : $"CUDA, cuBLAS {CudaGpu.VersionText(gpus[0].CublasVersion)}, on {string.Join(", ", gpus)}";
            }
            catch (EnvironmentException exception)
            {
                return $"none: {exception.Message}";
            }
        }
    }

    /// <summary>The most GPUs that can be found.</summary>
    public int MostGpus => setting.MayUseGpu ? Math.Max(setting.Indexes.Count, 1) : 0;

    /// <summary>GPUs, as far as is known before a model is opened; 0 if the processor computes.</summary>
    public int GpuCount
    {
        get
        {
            try
            {
                return Gpus().Count;
            }
            catch (EnvironmentException)
            {
                return 0;
            }
        }
    }

    /// <summary>Opens a model on each GPU.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="plan">Plan of the arithmetic.</param>
    /// <param name="openCpu">Opens the same model on the CPU, to compare with.</param>
    /// <returns>The models; none if the CPU is to be used.</returns>
    /// <exception cref="EnvironmentException">A GPU was asked for and cannot be used.</exception>
    public IReadOnlyList<CudaLanguageModel> Open(ModelFolder folder, ArithmeticPlan plan, Func<ILanguageModel> openCpu)
    {
        var models = new List<CudaLanguageModel>();
        foreach (var gpu in Gpus())
        {
            try
            {
                models.Add(OpenProven(gpu, folder, plan, openCpu));
            }
            catch (EnvironmentException exception)
            {
                models.ForEach(model => model.Dispose());
                if (!setting.MayUseCpu)
                {
                    throw;
                }

                Refuse(exception.Message);
                return [];
            }
        }

        return models;
    }

    private CudaLanguageModel OpenProven(CudaGpu gpu, ModelFolder folder, ArithmeticPlan plan, Func<ILanguageModel> openCpu)
    {
        CudaLanguageModel? model = null;
        try
        {
            model = new CudaLanguageModel(folder.File(folder.Manifest.Graph(plan)), folder.Manifest.Shape, gpu.Device);
            var proof = Proof(gpu, folder, plan, model);
            if (!proofs.Contains(proof))
            {
                Prove(gpu, model, openCpu);
                proofs.Add(proof);
            }

            return model;
        }
        catch (Exception exception) when (exception is EnvironmentException or OnnxRuntimeException)
        {
            model?.Dispose();
            throw new EnvironmentException($"{gpu}: {CudaLanguageModel.OneLine(exception)}", exception);
        }
    }

    /// <summary>Everything that could change what a device computes.</summary>
    private static string Proof(CudaGpu gpu, ModelFolder folder, ArithmeticPlan plan, CudaLanguageModel model) => string.Join(
        "; ",
        gpu.Name,
        "driver " + CudaGpu.VersionText(gpu.DriverVersion),
        "cuBLAS " + CudaGpu.VersionText(gpu.CublasVersion),
        "ONNX Runtime " + OnnxLanguageModel.Version,
        plan.ArithmeticId,
        "model " + folder.Manifest.Identity(plan),
        "graph " + model.GraphHash);

    private static void Prove(CudaGpu gpu, CudaLanguageModel model, Func<ILanguageModel> openCpu)
    {
        var difference = "the matrix products of the self-test";
        if (CudaSelfTest.Run(gpu.Device))
        {
            using var cpu = openCpu();
            difference = DeviceProof.Difference(model, cpu);
        }

        if (difference is not null)
        {
            throw new EnvironmentException(
                $"does not compute what processors compute ({difference}), so archives made on it would be unreadable elsewhere");
        }
    }

    private IReadOnlyList<CudaGpu> Gpus()
    {
        lock (_lock)
        {
            return _gpus ??= Find();
        }
    }

    private IReadOnlyList<CudaGpu> Find()
    {
        // A machine without a driver is not one whose GPU was forgotten.
        if (!setting.MayUseGpu || (setting.MayUseCpu && !platform.IsExpected))
        {
            return [];
        }

        try
        {
            return platform.Find(setting.Indexes);
        }
        catch (EnvironmentException exception) when (setting.MayUseCpu)
        {
            warn?.Invoke(Reason(exception.Message));
            return [];
        }
    }

    private void Refuse(string problem)
    {
        warn?.Invoke(Reason(problem));
        lock (_lock)
        {
            _gpus = [];
        }
    }

    private static string Reason(string problem) => $"{problem.TrimEnd('.')}; the CPU is used instead";
}
