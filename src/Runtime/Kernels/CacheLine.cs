using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Cache lines: the units in which memory enters a processor's caches.</summary>
internal static class CacheLine
{
    /// <summary>Size of a line in bytes on common processors; on others only speed suffers.</summary>
    public const int Size = 64;

    /// <summary>Index of the first element of a pinned array at the start of a line.</summary>
    public static unsafe int FirstIndex<T>(T[] pinned)
        where T : unmanaged
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return (int)(-(nint)address & (Size - 1)) / sizeof(T);
    }

    /// <summary>
    /// Prefetches the line of an address that is needed soon, without waiting, where the processor supports it.
    /// </summary>
    /// <remarks>
    /// If the garbage collector moves the object meanwhile, a useless line is fetched, which is harmless.
    /// </remarks>
    public static unsafe void Prefetch<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }

    /// <summary>Prefetches all lines of a block.</summary>
    /// <inheritdoc cref="Prefetch{T}(ref readonly T)"/>
    public static void Prefetch<T>(ReadOnlySpan<T> block)
        where T : unmanaged
    {
        for (var bytes = MemoryMarshal.AsBytes(block); bytes.Length > 0; bytes = bytes[Math.Min(Size, bytes.Length)..])
        {
            Prefetch(in bytes[0]);
        }
    }
}
