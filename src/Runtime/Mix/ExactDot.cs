using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Dot product and scaled addition of single-precision vectors in an order of operations that is part of the format:
/// sixteen running sums, added pairwise at the end. It does not depend on the width of machine vectors.
/// </summary>
internal static class ExactDot
{
    /// <summary>Number of running sums; lengths are multiples of it.</summary>
    internal const int Lanes = 16;

    /// <summary>Σ a_i · b_i.</summary>
    internal static float Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Vector256.IsHardwareAccelerated ? OfVector512(a, b) : OfVector128(a, b);

    /// <summary>target_i += factor · source_i.</summary>
    internal static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            AddScaledVector512(target, source, factor);
        }
        else
        {
            AddScaledVector128(target, source, factor);
        }
    }

    private static float OfVector512(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b[..a.Length]);
        var sums = Vector512<float>.Zero;
        for (var i = 0; i < a.Length; i += Lanes)
        {
            sums += Vector512.LoadUnsafe(ref left, (nuint)i) * Vector512.LoadUnsafe(ref right, (nuint)i);
        }

        var eight = sums.GetLower() + sums.GetUpper();
        return Across(eight.GetLower() + eight.GetUpper());
    }

    /// <summary>The sixteen sums in four vectors, for machines that have no wider ones: ARM64.</summary>
    internal static float OfVector128(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b[..a.Length]);
        var sum0 = Vector128<float>.Zero;
        var sum1 = Vector128<float>.Zero;
        var sum2 = Vector128<float>.Zero;
        var sum3 = Vector128<float>.Zero;
        for (nuint i = 0; i < (uint)a.Length; i += Lanes)
        {
            sum0 += Vector128.LoadUnsafe(ref left, i) * Vector128.LoadUnsafe(ref right, i);
            sum1 += Vector128.LoadUnsafe(ref left, i + 4) * Vector128.LoadUnsafe(ref right, i + 4);
            sum2 += Vector128.LoadUnsafe(ref left, i + 8) * Vector128.LoadUnsafe(ref right, i + 8);
            sum3 += Vector128.LoadUnsafe(ref left, i + 12) * Vector128.LoadUnsafe(ref right, i + 12);
        }

        return Across((sum0 + sum2) + (sum1 + sum3));
    }

    /// <summary>The scalar twin.</summary>
    internal static float OfScalar(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Span<float> sums = stackalloc float[Lanes];
        sums.Clear();
        for (var i = 0; i < a.Length; i++)
        {
            sums[i % Lanes] += a[i] * b[i];
        }

        for (var half = Lanes / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }

    internal static void AddScaledVector128(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source[..target.Length]);
        for (nuint i = 0; i < (uint)target.Length; i += (uint)Vector128<float>.Count)
        {
            var sum = Vector128.LoadUnsafe(ref to, i) + (Vector128.LoadUnsafe(ref from, i) * factor);
            sum.StoreUnsafe(ref to, i);
        }
    }

    private static float Across(Vector128<float> four) => (four[0] + four[2]) + (four[1] + four[3]);

    private static void AddScaledVector512(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source[..target.Length]);
        for (var i = 0; i < target.Length; i += Lanes)
        {
            var sum = Vector512.LoadUnsafe(ref to, (nuint)i) + (Vector512.LoadUnsafe(ref from, (nuint)i) * factor);
            sum.StoreUnsafe(ref to, (nuint)i);
        }
    }
}
