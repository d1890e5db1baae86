using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>
/// Registers kernels under the names of the model's local functions. ONNX Runtime then calls the kernels; without them
/// it inlines the function bodies, which are the specification. Everything here lives as long as the process.
/// </summary>
internal static unsafe class KernelRegistry
{
    /// <summary>Operator and function domain of the model.</summary>
    public const string Domain = "nacrith";

    /// <summary>ORT_FAIL.</summary>
    private const int FailureCode = 1;

    private static readonly List<KernelDefinition> Definitions = [];
    private static readonly Lock Guard = new();

    /// <summary>Makes a domain of the kernels, to be added to any number of session options.</summary>
    public static nint CreateDomain(IReadOnlyList<KernelDefinition> kernels)
    {
        var domain = OrtApi.CreateCustomOpDomain((byte*)Marshal.StringToCoTaskMemUTF8(Domain));
        lock (Guard)
        {
            foreach (var kernel in kernels)
            {
                OrtApi.AddCustomOp(domain, Describe(kernel));
            }
        }

        return domain;
    }

    public static void Add(SessionOptions options, nint domain)
    {
        var added = false;
        options.DangerousAddRef(ref added);
        try
        {
            OrtApi.AddCustomOpDomain(options.DangerousGetHandle(), domain);
        }
        finally
        {
            options.DangerousRelease();
        }
    }

    private static CustomOp* Describe(KernelDefinition kernel)
    {
        var op = (CustomOp*)NativeMemory.AllocZeroed((nuint)sizeof(CustomOp));
        op->Version = OrtApi.Version;
        op->Kernel = Definitions.Count;
        op->Name = Marshal.StringToCoTaskMemUTF8(kernel.Name);
        Definitions.Add(kernel);
        op->GetName = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nint>)&GetName;
        op->GetExecutionProviderType = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nint>)&GetNull;
        op->GetInputType = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nuint, int>)&GetInputType;
        op->GetInputTypeCount = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nuint>)&GetInputCount;
        op->GetOutputType = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nuint, int>)&GetOutputType;
        op->GetOutputTypeCount = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nuint>)&GetOutputCount;
        op->GetInputCharacteristic = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nuint, int>)&GetZeroAt;
        op->GetOutputCharacteristic = op->GetInputCharacteristic;
        op->GetInputMemoryType = op->GetInputCharacteristic;
        op->GetVariadicInputMinArity = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, int>)&GetOne;
        op->GetVariadicInputHomogeneity = op->GetVariadicInputMinArity;
        op->GetVariadicOutputMinArity = op->GetVariadicInputMinArity;
        op->GetVariadicOutputHomogeneity = op->GetVariadicInputMinArity;
        op->GetStartVersion = op->GetVariadicInputMinArity;
        op->GetEndVersion = op->GetVariadicInputMinArity;
        op->CreateKernelV2 = (nint)(delegate* unmanaged[Cdecl]<CustomOp*, nint, nint, nint*, nint>)&CreateKernel;
        op->KernelComputeV2 = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint>)&Compute;
        op->KernelDestroy = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&DestroyKernel;
        return op;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint GetName(CustomOp* op) => op->Name;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint GetNull(CustomOp* op) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetZeroAt(CustomOp* op, nuint index) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetOne(CustomOp* op) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetInputType(CustomOp* op, nuint index) => (int)Definitions[op->Kernel].Inputs[(int)index];

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint GetInputCount(CustomOp* op) => (nuint)Definitions[op->Kernel].Inputs.Length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetOutputType(CustomOp* op, nuint index) => (int)Definitions[op->Kernel].Outputs[(int)index];

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint GetOutputCount(CustomOp* op) => (nuint)Definitions[op->Kernel].Outputs.Length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint CreateKernel(CustomOp* op, nint api, nint info, nint* kernel)
    {
        *kernel = GCHandle.ToIntPtr(GCHandle.Alloc(new KernelNode(Definitions[op->Kernel])));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DestroyKernel(nint kernel)
    {
        var handle = GCHandle.FromIntPtr(kernel);
        ((KernelNode)handle.Target!).Dispose();
        handle.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Compute(nint kernel, nint context)
    {
        try
        {
            var node = (KernelNode)GCHandle.FromIntPtr(kernel).Target!;
            node.Definition.Compute(new KernelContext(context, node));
            return 0;
        }
        catch (Exception exception)
        {
            // No exception may cross native frames; the session turns the status into one of its own.
            fixed (byte* message = Encoding.UTF8.GetBytes(exception.Message + "\0"))
            {
                return OrtApi.CreateStatus(FailureCode, message);
            }
        }
    }
}
