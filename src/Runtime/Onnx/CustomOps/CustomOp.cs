using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>
/// <c>OrtCustomOp</c> of the C API, followed by our number of the kernel: ONNX Runtime hands the structure back to each
/// of its functions.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CustomOp
{
    public uint Version;
    public nint CreateKernel;
    public nint GetName;
    public nint GetExecutionProviderType;
    public nint GetInputType;
    public nint GetInputTypeCount;
    public nint GetOutputType;
    public nint GetOutputTypeCount;
    public nint KernelComputeV1;
    public nint KernelDestroy;
    public nint GetInputCharacteristic;
    public nint GetOutputCharacteristic;
    public nint GetInputMemoryType;
    public nint GetVariadicInputMinArity;
    public nint GetVariadicInputHomogeneity;
    public nint GetVariadicOutputMinArity;
    public nint GetVariadicOutputHomogeneity;
    public nint CreateKernelV2;
    public nint KernelComputeV2;
    public nint InferOutputShape;
    public nint GetStartVersion;
    public nint GetEndVersion;
    public nint GetMayInplace;
    public nint ReleaseMayInplace;
    public nint GetAliasMap;
    public nint ReleaseAliasMap;

    /// <summary>Ours: which kernel.</summary>
    public int Kernel;

    /// <summary>Ours: its name, UTF-8.</summary>
    public nint Name;
}
