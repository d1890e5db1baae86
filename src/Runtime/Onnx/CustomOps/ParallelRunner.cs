using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>
/// Spreads work over ONNX Runtime's own threads. They spin between nodes, so a second pool would fight them for the
/// cores.
/// </summary>
internal readonly unsafe struct ParallelRunner(nint kernelContext)
{
    private readonly nint _kernelContext = kernelContext;

    /// <summary>Runs items 0..<paramref name="items"/>−1. Throws the first exception of an item after all items ended.</summary>
    public void For<TWork>(ref TWork work, int items)
        where TWork : unmanaged, IWork
    {
        if (items <= 1)
        {
            if (items == 1)
            {
                work.Run(0);
            }

            return;
        }

        fixed (TWork* pointer = &work)
        {
            var call = new Call { Work = pointer, Invoke = &Invoke<TWork> };
            try
            {
                OrtApi.ParallelFor(_kernelContext, &OnItem, items, &call);
            }
            finally
            {
                ThrowFailure(call.Failure);
            }
        }
    }

    private static void Invoke<TWork>(void* work, int item)
        where TWork : unmanaged, IWork => ((TWork*)work)->Run(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnItem(void* state, nuint item)
    {
        var call = (Call*)state;
        try
        {
            call->Invoke(call->Work, (int)item);
        }
        catch (Exception exception)
        {
            // An exception that reached the native frames would end the process.
            var failure = GCHandle.Alloc(ExceptionDispatchInfo.Capture(exception));
            if (Interlocked.CompareExchange(ref call->Failure, GCHandle.ToIntPtr(failure), 0) != 0)
            {
                failure.Free();
            }
        }
    }

    private static void ThrowFailure(nint failure)
    {
        if (failure != 0)
        {
            var handle = GCHandle.FromIntPtr(failure);
            var exception = (ExceptionDispatchInfo)handle.Target!;
            handle.Free();
            exception.Throw();
        }
    }

    private struct Call
    {
        public void* Work;
        public delegate*<void*, int, void> Invoke;

        /// <summary>Handle of the first exception, or 0.</summary>
        public nint Failure;
    }
}
