using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Scores and weights of one query; see <see cref="AttentionWork{TFloat,TInt,TPairs}"/> for the equations. The scores
/// of the cached positions come first, padded to whole tiles, then those of the new positions.
/// </summary>
internal static class AttentionRow<TFloat, TInt>
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    private const int Side = PairTile.Side;

    /// <summary>Scores of one tile from its integer products.</summary>
    public static void Scores(ReadOnlySpan<int> sums, float queryScale, ReadOnlySpan<float> keyScales, Span<float> target)
    {
        ref var source = ref MemoryMarshal.GetReference(sums[..Side]);
        ref var scales = ref MemoryMarshal.GetReference(keyScales[..Side]);
        ref var result = ref MemoryMarshal.GetReference(target[..Side]);
        var scale = TFloat.Create(queryScale);
        for (var i = 0; i < Side; i += TFloat.Count)
        {
            (TInt.Load(in source, i).ToFloat() * scale * TFloat.Load(in scales, i)).Store(ref result, i);
        }
    }

    /// <summary>Turns scores into weights w, zero where nothing is visible.</summary>
    /// <param name="scores">The scores; receives w.</param>
    /// <param name="past">Number of cached positions.</param>
    /// <param name="pastWidth">The same, padded to whole tiles.</param>
    /// <param name="visible">Number of new positions that the query sees.</param>
    /// <param name="pastScales">Scales of the cached values.</param>
    /// <param name="newScales">Scales of the new values.</param>
    /// <param name="back">What a weighted sum of values is multiplied with.</param>
    /// <returns>How w becomes integers.</returns>
    public static RowScale Softmax(
        Span<float> scores, int past, int pastWidth, int visible,
        ReadOnlySpan<float> pastScales, ReadOnlySpan<float> newScales, out float back)
    {
        var fresh = scores[pastWidth..];
        var max = Math.Max(MaxOf(scores, past), MaxOf(fresh, visible));
        long sum = 0;
        var maxWeight = Math.Max(
            Numerators(scores[..pastWidth], past, max, pastScales, ref sum),
            Numerators(fresh, visible, max, newScales, ref sum));
        var scale = RowScale.Of(maxWeight, ExactArithmetic.AttentionLimit);
        back = scale.Scale * (ExactArithmetic.SoftmaxUnit / (float)(double)sum);
        return scale;
    }

    /// <summary>P = round(w · inverse), int16.</summary>
    public static void Round(ReadOnlySpan<float> scores, RowScale scale, Span<short> weights)
    {
        ref var source = ref MemoryMarshal.GetReference(scores);
        ref var target = ref MemoryMarshal.GetReference(weights[..scores.Length]);
        var inverse = TFloat.Create(scale.Inverse);
        for (var i = 0; i < scores.Length; i += TFloat.Count)
        {
            (TFloat.Load(in source, i) * inverse).Round().ToInt32().StoreInt16(ref target, i);
        }
    }

    private static float MaxOf(ReadOnlySpan<float> scores, int count)
    {
        ref var source = ref MemoryMarshal.GetReference(scores);
        var floor = TFloat.Create(ExactArithmetic.LowestScore);
        var max = floor;
        var whole = count - (count % TFloat.Count);
        for (var i = 0; i < whole; i += TFloat.Count)
        {
            max = TFloat.Max(max, TFloat.Load(in source, i));
        }

        if (whole < count)
        {
            max = TFloat.Max(max, TFloat.Load(in source, whole).KeepFirst(count - whole, floor));
        }

        return max.MaxAcross();
    }

    /// <summary>
    /// Turns scores into weights w, zero beyond <paramref name="count"/>; adds to Z and returns max w.
    /// </summary>
    private static float Numerators(
        Span<float> scores, int count, float max, ReadOnlySpan<float> valueScales, ref long sum)
    {
        ref var source = ref MemoryMarshal.GetReference(scores);
        ref var scales = ref MemoryMarshal.GetReference(valueScales);
        var shift = TFloat.Create(max);
        var unit = TFloat.Create(ExactArithmetic.SoftmaxUnit);
        var zero = TFloat.Create(0);
        var maxWeight = zero;
        var sums = TInt.Create(0);
        var whole = count - (count % TFloat.Count);
        for (var i = 0; i < whole; i += TFloat.Count)
        {
            var e = RowMath<TFloat, TInt>.Exp2(TFloat.Load(in source, i) - shift);
            var w = e * TFloat.Load(in scales, i);
            w.Store(ref source, i);
            maxWeight = TFloat.Max(maxWeight, w);
            var numerator = (e * unit).Round().ToInt32();
            if (TFloat.Count == 1)
            {
                // A single lane would overflow int32 with the whole sum.
                sum += numerator.SumAcross();
            }
            else
            {
                sums += numerator;
            }
        }

        if (whole < count)
        {
            // Lanes past the last score are zeroed before and after scaling: their scale may be anything.
            var rest = count - whole;
            var e = RowMath<TFloat, TInt>.Exp2(TFloat.Load(in source, whole) - shift).KeepFirst(rest, zero);
            var w = (e * TFloat.Load(in scales, whole)).KeepFirst(rest, zero);
            w.Store(ref source, whole);
            maxWeight = TFloat.Max(maxWeight, w);
            sums += (e * unit).Round().ToInt32();
        }

        sum += sums.SumAcross();
        scores[Math.Min(scores.Length, (count + TFloat.Count - 1) / TFloat.Count * TFloat.Count)..].Clear();
        return maxWeight.MaxAcross();
    }
}
