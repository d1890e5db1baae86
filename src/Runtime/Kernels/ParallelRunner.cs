using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Spreads work over ONNX Runtime's own threads: they spin between nodes, so a pool of ours would fight them for the
/// cores. Without a kernel context everything runs on the caller.
/// </summary>
internal readonly unsafe struct ParallelRunner(nint kernelContext)
{
    private readonly nint _kernelContext = kernelContext;

    /// <summary>Runs items 0..<paramref name="items"/>−1.</summary>
    public void For<TWork>(ref TWork work, int items)
        where TWork : unmanaged, IWork
    {
        if (items <= 1 || _kernelContext == 0)
        {
            for (var item = 0; item < items; item++)
            {
                work.Run(item);
            }

            return;
        }

        fixed (TWork* pointer = &work)
        {
            var call = new Call { Work = pointer, Invoke = &Invoke<TWork> };
            OrtApi.ParallelFor(_kernelContext, &OnItem, items, &call);
        }
    }

    private static void Invoke<TWork>(void* work, int item)
        where TWork : unmanaged, IWork => ((TWork*)work)->Run(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnItem(void* state, nuint item)
    {
        var call = (Call*)state;
        call->Invoke(call->Work, (int)item);
    }

    private struct Call
    {
        public void* Work;
        public delegate*<void*, int, void> Invoke;
    }
}
