using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>
/// The entries of ONNX Runtime's C API that a custom operator needs and the C# package does not wrap. The API is a
/// table of function pointers whose order never changes.
/// </summary>
internal static unsafe partial class OrtApi
{
    /// <summary>The API version requested; the newest entry used here was added in version 17.</summary>
    public const uint Version = 22;

    private static readonly nint* Table = Load();

    private enum Slot
    {
        CreateStatus = 0,
        GetErrorMessage = 2,
        CreateCustomOpDomain = 26,
        CustomOpDomainAdd = 27,
        AddCustomOpDomain = 28,
        GetTensorMutableData = 51,
        GetDimensionsCount = 61,
        GetDimensions = 62,
        GetTensorTypeAndShape = 65,
        KernelContextGetInput = 90,
        KernelContextGetOutput = 91,
        ReleaseStatus = 93,
        ReleaseTensorTypeAndShapeInfo = 99,
        KernelContextParallelFor = 274,
    }

    public static nint CreateStatus(int code, byte* message) =>
        ((delegate* unmanaged<int, byte*, nint>)Table[(int)Slot.CreateStatus])(code, message);

    public static nint CreateCustomOpDomain(byte* name)
    {
        nint domain;
        Check(((delegate* unmanaged<byte*, nint*, nint>)Table[(int)Slot.CreateCustomOpDomain])(name, &domain));
        return domain;
    }

    public static void AddCustomOp(nint domain, void* op) =>
        Check(((delegate* unmanaged<nint, void*, nint>)Table[(int)Slot.CustomOpDomainAdd])(domain, op));

    public static void AddCustomOpDomain(nint sessionOptions, nint domain) =>
        Check(((delegate* unmanaged<nint, nint, nint>)Table[(int)Slot.AddCustomOpDomain])(sessionOptions, domain));

    /// <summary>
    /// Reads the shape of input <paramref name="index"/> into <paramref name="dimensions"/>; returns its data.
    /// </summary>
    public static void* Input(nint context, int index, Span<long> dimensions)
    {
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)Table[(int)Slot.KernelContextGetInput])(
            context, (nuint)index, &value));
        if (value == 0)
        {
            throw new InvalidOperationException($"A custom operator has no input {index}.");
        }

        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)Table[(int)Slot.GetTensorTypeAndShape])(value, &info));
        try
        {
            nuint count;
            Check(((delegate* unmanaged<nint, nuint*, nint>)Table[(int)Slot.GetDimensionsCount])(info, &count));
            fixed (long* target = dimensions[..(int)count])
            {
                Check(((delegate* unmanaged<nint, long*, nuint, nint>)Table[(int)Slot.GetDimensions])(info, target, count));
            }
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Table[(int)Slot.ReleaseTensorTypeAndShapeInfo])(info);
        }

        return Data(value);
    }

    /// <summary>Allocates output <paramref name="index"/>.</summary>
    public static void* Output(nint context, int index, ReadOnlySpan<long> dimensions)
    {
        nint value;
        fixed (long* shape = dimensions)
        {
            Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Table[(int)Slot.KernelContextGetOutput])(
                context, (nuint)index, shape, (nuint)dimensions.Length, &value));
        }

        return Data(value);
    }

    /// <summary>
    /// Calls <paramref name="body"/> for 0..<paramref name="items"/>−1 on the session's threads and waits.
    /// </summary>
    public static void ParallelFor(nint context, delegate* unmanaged[Cdecl]<void*, nuint, void> body, int items, void* state) =>
        Check(((delegate* unmanaged<nint, delegate* unmanaged[Cdecl]<void*, nuint, void>, nuint, nuint, void*, nint>)
            Table[(int)Slot.KernelContextParallelFor])(context, body, (nuint)items, (nuint)items, state));

    /// <summary>Throws the message of a failed status, and releases it.</summary>
    /// <param name="status">What an entry of the API returned; 0 where it succeeded.</param>
    /// <exception cref="InvalidOperationException">The entry failed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(nint status)
    {
        if (status != 0)
        {
            ThrowAndRelease(status);
        }
    }

    [DoesNotReturn]
    private static void ThrowAndRelease(nint status)
    {
        var text = ((delegate* unmanaged<nint, byte*>)Table[(int)Slot.GetErrorMessage])(status);
        var message = Marshal.PtrToStringUTF8((nint)text);
        ((delegate* unmanaged<nint, void>)Table[(int)Slot.ReleaseStatus])(status);
        throw new InvalidOperationException($"ONNX Runtime refused a call of a custom operator: {message}");
    }

    private static void* Data(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)Table[(int)Slot.GetTensorMutableData])(value, &data));
        return data;
    }

    private static nint* Load()
    {
        var getApi = (delegate* unmanaged<uint, nint>)OrtGetApiBase()[0];
        var table = (nint*)getApi(Version);
        return table != null
            ? table
            : throw new InvalidOperationException($"ONNX Runtime is older than API version {Version}.");
    }

    [LibraryImport("onnxruntime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint* OrtGetApiBase();
}
