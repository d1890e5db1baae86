using System.Globalization;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>Finds GPUs, or says in one line what is missing.</summary>
internal sealed class CudaPlatform(ICudaSystem system)
{
    /// <summary>CUDA version that ONNX Runtime's provider is built for.</summary>
    private const int NeededVersion = 13000;

    /// <summary>
    /// Whether a user would expect a GPU to be used: this is the build for CUDA, and a driver is installed.
    /// </summary>
    public bool IsExpected => system.HasProvider && system.Driver is not null;

    /// <summary>Finds GPUs by their numbers; the first one if there are none.</summary>
    /// <exception cref="EnvironmentException">They cannot be used.</exception>
    public IReadOnlyList<CudaGpu> Find(IReadOnlyList<int> indexes)
    {
        if (Problem(indexes) is { } problem)
        {
            throw new EnvironmentException(problem);
        }

        var driver = system.Driver!;
        return [.. (indexes.Count == 0 ? [0] : indexes).Select(
            index => new CudaGpu(index, driver.Gpus[index], driver.Version, system.CublasVersion))];
    }

    private string? Problem(IReadOnlyList<int> indexes)
    {
        if (!system.HasProvider)
        {
            return "this program is built without CUDA; use the release named nacrith-cuda";
        }

        if (system.Driver is not { } driver)
        {
            return "no NVIDIA driver is installed, so there is no GPU to use";
        }

        if (driver.Error is not (0 or CudaDriver.NoDevice))
        {
            return string.Create(CultureInfo.InvariantCulture, $"the NVIDIA driver does not start (CUDA error {driver.Error})");
        }

        if (driver.Version < NeededVersion)
        {
            return $"the NVIDIA driver is too old: it supports CUDA {CudaGpu.VersionText(driver.Version)}, and "
                + $"{CudaGpu.VersionText(NeededVersion)} is needed";
        }

        if (driver.Gpus.Count == 0)
        {
            return "the NVIDIA driver finds no GPU";
        }

        foreach (var index in indexes)
        {
            if (index >= driver.Gpus.Count)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"there is no GPU {index}; the last one is {driver.Gpus.Count - 1}");
            }
        }

        foreach (var library in system.Libraries)
        {
            if (!system.TryLoad(library))
            {
                return $"{library} of CUDA 13 cannot be loaded; install CUDA 13 or set CUDA_PATH to its folder";
            }
        }

        return null;
    }
}
