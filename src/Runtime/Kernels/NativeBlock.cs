using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Memory outside the managed heap that starts at a cache line, with whatever it holds.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    /// <param name="length">Bytes.</param>
    public NativeBlock(long length)
    {
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)length, CacheLine.Size);
    }

    ~NativeBlock() => Free();

    /// <summary>The first byte; null once it is disposed.</summary>
    public byte* Pointer { get; private set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
