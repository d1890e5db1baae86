using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// CUDA on this machine, asked through its own libraries: ONNX Runtime lists its provider where there is no GPU as well,
/// and its errors do not say what is missing.
/// </summary>
internal sealed unsafe class CudaSystem : ICudaSystem
{
    private const string ProviderName = "CUDAExecutionProvider";
    private const int MaxName = 256;

    private readonly Lazy<CudaDriver?> _driver = new(QueryDriver);

    public bool HasProvider => OrtEnv.Instance().GetAvailableProviders().Contains(ProviderName);

    public CudaDriver? Driver => _driver.Value;

    /// <summary>Of CUDA 13, which the packages of ONNX Runtime 1.31 are built for.</summary>
    public IReadOnlyList<string> Libraries { get; } = OperatingSystem.IsWindows()
        ? ["cublasLt64_13.dll", CublasName]
        : ["libcudart.so.13", "libcublasLt.so.13", CublasName, "libcurand.so.10"];

    public int CublasVersion
    {
        get
        {
            const int MajorVersion = 0;
            const int MinorVersion = 1;
            int major = 0, minor = 0;
            if (!TryFind(CublasName, out var library)
                || !NativeLibrary.TryGetExport(library, "cublasGetProperty", out var address))
            {
                return 0;
            }

            var get = (delegate* unmanaged<int, int*, int>)address;
            return get(MajorVersion, &major) == 0 && get(MinorVersion, &minor) == 0 ? (major * 1000) + (minor * 10) : 0;
        }
    }

    private static string CublasName => OperatingSystem.IsWindows() ? "cublas64_13.dll" : "libcublas.so.13";

    private static string DriverName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>
    /// The system's own search, then the folders that installers of CUDA use: what is loaded once is found by its name
    /// when the provider asks for it.
    /// </summary>
    public bool TryLoad(string library) => TryFind(library, out _);

    private static bool TryFind(string library, out nint handle)
    {
        if (NativeLibrary.TryLoad(library, out handle))
        {
            return true;
        }

        foreach (var folder in Folders())
        {
            if (NativeLibrary.TryLoad(Path.Combine(folder, library), out handle))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("CUDA_PATH") is { Length: > 0 } path && Path.IsPathFullyQualified(path))
        {
            yield return Path.Combine(path, "lib64");
            yield return Path.Combine(path, "bin", "x64");
            yield return Path.Combine(path, "bin");
        }

        if (!OperatingSystem.IsWindows())
        {
            yield return "/usr/local/cuda/lib64";
            yield return "/usr/local/cuda-13/lib64";
        }
    }

    private static CudaDriver? QueryDriver()
    {
        if (!NativeLibrary.TryLoad(DriverName, out var library))
        {
            return null;
        }

        int version = 0, count = 0;
        var getVersion = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDriverGetVersion");
        var start = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        var getCount = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDeviceGetCount");
        var getDevice = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName");
        var error = getVersion(&version);
        error = error != 0 ? error : start(0);
        error = error != 0 ? error : getCount(&count);
        var names = new List<string>();
        var name = stackalloc byte[MaxName];
        for (var i = 0; i < count && error == 0; i++)
        {
            int device;
            error = getDevice(&device, i);
            error = error != 0 ? error : getName(name, MaxName, device);
            names.Add(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
        }

        return new CudaDriver(error, version, names);
    }
}
