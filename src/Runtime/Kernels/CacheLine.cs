using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>The lines in which memory comes into a processor's caches.</summary>
internal static class CacheLine
{
    /// <summary>Bytes of a line on the processors that matter; elsewhere only speed suffers.</summary>
    public const int Size = 64;

    /// <summary>Fetches the line of a place that will be wanted soon, where the processor can be told so, and does not wait.</summary>
    /// <remarks>Should the collector move the place meanwhile, a wrong line comes, which does no harm.</remarks>
    public static unsafe void Prefetch<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }
}
