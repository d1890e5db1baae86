using System.Numerics;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Sums of more products than an int32 holds.</summary>
internal static class WideSums
{
    /// <summary>Adds each int32 to an int64, and sets it to zero.</summary>
    public static void Move(Span<int> sums, Span<long> totals)
    {
        ref var source = ref MemoryMarshal.GetReference(sums);
        ref var target = ref MemoryMarshal.GetReference(totals[..sums.Length]);
        var whole = sums.Length - (sums.Length % Vector<int>.Count);
        for (var i = 0; i < whole; i += Vector<int>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out var low, out var high);
            var next = i + Vector<long>.Count;
            (Vector.LoadUnsafe(ref target, (nuint)i) + low).StoreUnsafe(ref target, (nuint)i);
            (Vector.LoadUnsafe(ref target, (nuint)next) + high).StoreUnsafe(ref target, (nuint)next);
        }

        for (var i = whole; i < sums.Length; i++)
        {
            totals[i] += sums[i];
        }

        sums.Clear();
    }
}
