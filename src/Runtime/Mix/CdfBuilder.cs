using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Fills a <see cref="Cdf"/> with frequency = max(1, trunc(2^29 · e^(z − max z))), z = weight · logit + bias.
/// </summary>
/// <remarks>
/// Two passes (maximum, then exponential with block sums); z is computed in both, which is cheaper than storing it.
/// <see cref="Vector{T}"/> serves every width from 128 bits up with one source; it contains only per-lane operations
/// and integer sums, so its width does not affect the result.
/// </remarks>
internal static class CdfBuilder
{
    /// <summary>Uses the vector form where the machine has vectors, else the scalar twin, with the same bits.</summary>
    /// <param name="logits">One per token of the CDF. NaN and −∞ get the frequency 1.</param>
    /// <param name="weight">Factor on the logits.</param>
    /// <param name="bias">One per token, added to the weighted logit.</param>
    /// <param name="cdf">Receives the frequencies.</param>
    internal static void Build(ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias, Cdf cdf)
    {
        if (logits.Length != cdf.Size || bias.Length != cdf.Size)
        {
            throw new ArgumentException("There must be one logit and one bias per token.", nameof(logits));
        }

        if (Vector.IsHardwareAccelerated)
        {
            BuildVector(logits, weight, bias, cdf);
        }
        else
        {
            BuildScalar(logits, weight, bias, cdf);
        }
    }

    /// <summary>The scalar twin.</summary>
    internal static void BuildScalar(ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias, Cdf cdf)
    {
        var maximum = MaximumScalar(logits, weight, bias, float.MinValue);
        var blocks = cdf.WritableBlocks;
        for (var block = 0; block < blocks.Length; block++)
        {
            var start = block * Cdf.BlockLength;
            var end = Math.Min(start + Cdf.BlockLength, logits.Length);
            blocks[block] = FillScalar(
                logits[start..end], weight, bias[start..end], cdf.WritableFrequencies[start..end], maximum);
        }

        cdf.SumBlocks();
    }

    /// <summary>
    /// The vector form. Compiled fully optimised: a step takes 50,000 iterations, far too many for tier 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BuildVector(ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias, Cdf cdf)
    {
        var maximum = MaximumVector(logits, weight, bias);
        var frequencies = cdf.WritableFrequencies;
        var blocks = cdf.WritableBlocks;
        var whole = logits.Length / Cdf.BlockLength;
        for (var block = 0; block < whole; block++)
        {
            var range = (block * Cdf.BlockLength)..((block + 1) * Cdf.BlockLength);
            blocks[block] = FillBlock(logits[range], weight, bias[range], frequencies[range], maximum);
        }

        if (whole < blocks.Length)
        {
            var range = (whole * Cdf.BlockLength)..logits.Length;
            blocks[whole] = FillScalar(logits[range], weight, bias[range], frequencies[range], maximum);
        }

        cdf.SumBlocks();
    }

    /// <summary>Divides all frequencies by 2^bits, but not below 1, to make room for one that grows.</summary>
    internal static void ShiftRight(Cdf cdf, int bits)
    {
        for (var block = 0; block < cdf.WritableBlocks.Length; block++)
        {
            var start = block * Cdf.BlockLength;
            var frequencies = cdf.WritableFrequencies[start..Math.Min(start + Cdf.BlockLength, cdf.Size)];
            ref var first = ref MemoryMarshal.GetReference(frequencies);
            var sums = Vector<ulong>.Zero;
            var i = 0;
            for (; i <= frequencies.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            {
                var shifted = Vector.ShiftRightLogical(Vector.LoadUnsafe(ref first, (nuint)i), bits);
                shifted = Vector.Max(shifted, Vector<uint>.One);
                shifted.StoreUnsafe(ref first, (nuint)i);
                Vector.Widen(shifted, out var low, out var high);
                sums += low + high;
            }

            var sum = Vector.Sum(sums);
            for (; i < frequencies.Length; i++)
            {
                frequencies[i] = Math.Max(frequencies[i] >> bits, 1);
                sum += frequencies[i];
            }

            cdf.WritableBlocks[block] = sum;
        }

        cdf.SumBlocks();
    }

    private static float MaximumScalar(
        ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias, float maximum)
    {
        for (var i = 0; i < logits.Length; i++)
        {
            var z = (logits[i] * weight) + bias[i];
            maximum = z > maximum ? z : maximum;
        }

        return maximum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MaximumVector(ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias)
    {
        // Compare and select, not Vector.Max: it skips NaN the same way in every lane and on every machine. Two
        // maxima hide the latency of the select.
        var best0 = new Vector<float>(float.MinValue);
        var best1 = best0;
        var factor = new Vector<float>(weight);
        ref var logit = ref MemoryMarshal.GetReference(logits);
        ref var addend = ref MemoryMarshal.GetReference(bias);
        var i = 0;
        for (; i <= logits.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            var j = (nuint)(i + Vector<float>.Count);
            var a = (Vector.LoadUnsafe(ref logit, (nuint)i) * factor) + Vector.LoadUnsafe(ref addend, (nuint)i);
            var b = (Vector.LoadUnsafe(ref logit, j) * factor) + Vector.LoadUnsafe(ref addend, j);
            best0 = Vector.ConditionalSelect(Vector.GreaterThan(a, best0), a, best0);
            best1 = Vector.ConditionalSelect(Vector.GreaterThan(b, best1), b, best1);
        }

        var maximum = float.MinValue;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            maximum = best0[lane] > maximum ? best0[lane] : maximum;
            maximum = best1[lane] > maximum ? best1[lane] : maximum;
        }

        return MaximumScalar(logits[i..], weight, bias[i..], maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FillBlock(
        ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias, Span<uint> frequencies, float maximum)
    {
        var top = new Vector<float>(maximum);
        var factor = new Vector<float>(weight);
        var scale = new Vector<float>(ExactExp2.LogTwoOfE);
        ref var logit = ref MemoryMarshal.GetReference(logits);
        ref var addend = ref MemoryMarshal.GetReference(bias);
        ref var target = ref MemoryMarshal.GetReference(frequencies);
        var sums = Vector<ulong>.Zero;
        for (nuint i = 0; i < Cdf.BlockLength; i += (nuint)Vector<float>.Count)
        {
            var z = (Vector.LoadUnsafe(ref logit, i) * factor) + Vector.LoadUnsafe(ref addend, i);
            var values = ExactExp2.ToFrequency((z - top) * scale);
            values.StoreUnsafe(ref target, i);
            Vector.Widen(values, out var low, out var high);
            sums += low + high;
        }

        return Vector.Sum(sums);
    }

    private static ulong FillScalar(
        ReadOnlySpan<float> logits, float weight, ReadOnlySpan<float> bias, Span<uint> frequencies, float maximum)
    {
        ulong sum = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            var z = (logits[i] * weight) + bias[i];
            var frequency = ExactExp2.ToFrequency((z - maximum) * ExactExp2.LogTwoOfE);
            frequencies[i] = frequency;
            sum += frequency;
        }

        return sum;
    }
}
