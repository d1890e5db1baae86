namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>What NVIDIA's driver says of itself.</summary>
/// <param name="Error">Result of starting it: 0, or a CUresult.</param>
/// <param name="Version">CUDA version that it supports: 13000 for 13.0.</param>
/// <param name="Gpus">Names of the GPUs, in the order of their numbers.</param>
internal sealed record CudaDriver(int Error, int Version, IReadOnlyList<string> Gpus)
{
    /// <summary>CUDA_ERROR_NO_DEVICE.</summary>
    public const int NoDevice = 100;
}
