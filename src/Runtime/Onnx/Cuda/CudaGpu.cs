using System.Globalization;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>A GPU that could be used.</summary>
/// <param name="Index">Its number, as CUDA counts them.</param>
/// <param name="Name">Its name.</param>
/// <param name="DriverVersion">CUDA version that the driver supports: 13000 for 13.0.</param>
/// <param name="CublasVersion">Version of cuBLAS, the library that multiplies.</param>
internal sealed record CudaGpu(int Index, string Name, int DriverVersion, int CublasVersion)
{
    /// <summary>Where a model computes on it.</summary>
    public ComputeDevice Device => new(Index);

    /// <summary>A version as people write it.</summary>
    public static string VersionText(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");

    /// <summary>Number and name, for messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GPU {Index} ({Name})");
}
