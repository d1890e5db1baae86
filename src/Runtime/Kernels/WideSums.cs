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

    /// <summary>Each sum times a factor. A double holds the sum exactly, so this rounds twice: to a float, and after the product.</summary>
    public static void Scale(ReadOnlySpan<long> totals, float factor, Span<float> output)
    {
        ref var source = ref MemoryMarshal.GetReference(totals);
        ref var target = ref MemoryMarshal.GetReference(output[..totals.Length]);
        var whole = totals.Length - (totals.Length % Vector<float>.Count);
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var low = Vector.ConvertToDouble(Vector.LoadUnsafe(ref source, (nuint)i));
            var high = Vector.ConvertToDouble(Vector.LoadUnsafe(ref source, (nuint)(i + Vector<long>.Count)));
            (Vector.Narrow(low, high) * factor).StoreUnsafe(ref target, (nuint)i);
        }

        for (var i = whole; i < totals.Length; i++)
        {
            output[i] = (float)(double)totals[i] * factor;
        }
    }
}
