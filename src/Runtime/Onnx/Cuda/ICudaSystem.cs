namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>The parts of CUDA that a machine may lack.</summary>
internal interface ICudaSystem
{
    /// <summary>Whether this build of ONNX Runtime has the CUDA provider.</summary>
    bool HasProvider { get; }

    /// <summary>The driver; null if none is installed.</summary>
    CudaDriver? Driver { get; }

    /// <summary>File names of the libraries that the provider loads, in an order in which each finds those it needs.</summary>
    IReadOnlyList<string> Libraries { get; }

    /// <summary>Loads a library, for good.</summary>
    bool TryLoad(string library);

    /// <summary>Version of cuBLAS, the library that multiplies, once it is loaded: 13010 for 13.1.</summary>
    int CublasVersion { get; }
}
