using NacrithOnnx.Runtime.Onnx.Cuda;

namespace NacrithOnnx.Tests.Onnx.Cuda;

/// <summary>A machine with two GPUs, until a test takes something away.</summary>
internal sealed class FakeCudaSystem : ICudaSystem
{
    public bool HasProvider { get; init; } = true;

    public CudaDriver? Driver { get; init; } = new(0, 13010, ["Aurora", "Borealis"]);

    public IReadOnlyList<string> Libraries { get; } = ["libone.so", "libtwo.so"];

    public string? MissingLibrary { get; init; }

    public int CublasVersion => 13000;

    public bool TryLoad(string library) => library != MissingLibrary;
}
