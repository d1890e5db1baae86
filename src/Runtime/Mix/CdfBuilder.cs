using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Fills a <see cref="Cdf"/> with frequency = max(1, trunc(2^30 · e^(z − max z))).
/// </summary>
/// <remarks>
/// Two passes over the logits (maximum, then exponential with block sums). <see cref="Vector{T}"/> serves every width
/// from 128 bits up with one source; it only holds per-lane operations and integer sums, so its width cannot show.
/// </remarks>
internal static class CdfBuilder
{
    /// <summary>Vector form where the machine has vectors, else the scalar twin; the same bits either way.</summary>
    /// <param name="logits">One per token, as many as the CDF has tokens. NaN and −∞ get the frequency 1.</param>
    /// <param name="cdf">Receives the frequencies.</param>
    internal static void Build(ReadOnlySpan<float> logits, Cdf cdf)
    {
        if (logits.Length != cdf.Size)
            throw new ArgumentException("One logit per token is needed.", nameof(logits));

        if (Vector.IsHardwareAccelerated)
            BuildVector(logits, cdf);
        else
            BuildScalar(logits, cdf);
    }

    /// <summary>The scalar twin.</summary>
    internal static void BuildScalar(ReadOnlySpan<float> logits, Cdf cdf)
    {
        float maximum = float.MinValue;
        foreach (float logit in logits)
            maximum = logit > maximum ? logit : maximum;

        Span<uint> frequencies = cdf.WritableFrequencies;
        Span<ulong> blocks = cdf.WritableBlocks;
        for (int block = 0; block < blocks.Length; block++)
        {
            int start = block * Cdf.BlockLength;
            int end = Math.Min(start + Cdf.BlockLength, logits.Length);
            blocks[block] = FillScalar(logits[start..end], frequencies[start..end], maximum);
        }

        cdf.SumBlocks();
    }

    /// <summary>The vector form.</summary>
    internal static void BuildVector(ReadOnlySpan<float> logits, Cdf cdf)
    {
        float maximum = Maximum(logits);
        Span<uint> frequencies = cdf.WritableFrequencies;
        Span<ulong> blocks = cdf.WritableBlocks;
        int whole = logits.Length / Cdf.BlockLength;
        for (int block = 0; block < whole; block++)
        {
            int start = block * Cdf.BlockLength;
            blocks[block] = FillBlock(
                logits.Slice(start, Cdf.BlockLength), frequencies.Slice(start, Cdf.BlockLength), maximum);
        }

        if (whole < blocks.Length)
        {
            int start = whole * Cdf.BlockLength;
            blocks[whole] = FillScalar(logits[start..], frequencies[start..], maximum);
        }

        cdf.SumBlocks();
    }

    private static float Maximum(ReadOnlySpan<float> logits)
    {
        // Compare and select, not Vector.Max: it skips NaN the same way in every lane and on every machine.
        var best0 = new Vector<float>(float.MinValue);
        var best1 = best0;
        ref float first = ref MemoryMarshal.GetReference(logits);
        int i = 0;
        for (; i <= logits.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            var a = Vector.LoadUnsafe(ref first, (nuint)i);
            var b = Vector.LoadUnsafe(ref first, (nuint)(i + Vector<float>.Count));
            best0 = Vector.ConditionalSelect(Vector.GreaterThan(a, best0), a, best0);
            best1 = Vector.ConditionalSelect(Vector.GreaterThan(b, best1), b, best1);
        }

        float maximum = float.MinValue;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            maximum = best0[lane] > maximum ? best0[lane] : maximum;
            maximum = best1[lane] > maximum ? best1[lane] : maximum;
        }

        for (; i < logits.Length; i++)
            maximum = logits[i] > maximum ? logits[i] : maximum;
        return maximum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FillBlock(ReadOnlySpan<float> logits, Span<uint> frequencies, float maximum)
    {
        var top = new Vector<float>(maximum);
        var scale = new Vector<float>(ExactExp2.LogTwoOfE);
        ref float source = ref MemoryMarshal.GetReference(logits);
        ref uint target = ref MemoryMarshal.GetReference(frequencies);
        var sums = Vector<ulong>.Zero;
        for (int i = 0; i < Cdf.BlockLength; i += Vector<float>.Count)
        {
            var y = (Vector.LoadUnsafe(ref source, (nuint)i) - top) * scale;
            var values = ExactExp2.ToFrequency(y);
            values.StoreUnsafe(ref target, (nuint)i);
            Vector.Widen(values, out var low, out var high);
            sums += low + high;
        }

        return Vector.Sum(sums);
    }

    private static ulong FillScalar(ReadOnlySpan<float> logits, Span<uint> frequencies, float maximum)
    {
        ulong sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            uint frequency = ExactExp2.ToFrequency((logits[i] - maximum) * ExactExp2.LogTwoOfE);
            frequencies[i] = frequency;
            sum += frequency;
        }

        return sum;
    }
}
