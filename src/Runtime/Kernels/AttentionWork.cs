using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Second part of attention: softmax(q·K) · V for the query heads that share one key/value head, a few positions at a
/// time, over the cache and the new rows.
/// <code>
/// y[j]  = (q·k[j]) · (qScale · log2e/8) · kScale[j]        integer dot product, below 2^24
/// e[j]  = 2^(y[j] − max y)
/// Z     = Σ round(e[j] · 2^19)                              exact
/// w[j]  = e[j] · vScale[j]                                  the value's scale joins its weight before rounding
/// P[j]  = round(w[j] · 32767 / max w)                       int16
/// o     = Σ P[j] · v[j] · (max w / 32767) · (2^19 / Z)      exact integer sum
/// </code>
/// </summary>
internal unsafe struct AttentionWork<TFloat, TInt, TPairs> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>Positions per item: with three heads 24 rows share each packed tile, and their scores fit a cache.</summary>
    public const int PositionsPerItem = 8;

    /// <summary>Tiles whose sums fit an int32: 4 · 64 · 32,767 · 127 &lt; 2^31.</summary>
    private const int TilesPerSum = 4;

    private const int Side = PairTile.Side;

    /// <summary>Below every score.</summary>
    private const float LowestScore = -3e38f;

    /// <summary>log2(e) / sqrt(64): one rounded constant.</summary>
    private const float QueryFactor = ExactArithmetic.Log2E * 0.125f;

    public AttentionInputs Inputs;

    public readonly int ItemsPerHead => (Inputs.Count + PositionsPerItem - 1) / PositionsPerItem;

    public readonly int Items => Inputs.Batch * Inputs.KeyValueHeads * ItemsPerHead;

    public readonly void Run(int item)
    {
        // Late positions see the most keys; starting with them evens out the ends of the threads.
        var slot = item / ItemsPerHead;
        var first = (ItemsPerHead - 1 - (item % ItemsPerHead)) * PositionsPerItem;
        var positions = Math.Min(PositionsPerItem, Inputs.Count - first);
        var rows = positions * Inputs.Group;
        var paddedRows = RoundUp(rows, PairProduct<TPairs>.RowBlock);
        var pastWidth = RoundUp(Inputs.Past, Side);
        var newWidth = RoundUp(first + positions, Side);
        var width = pastWidth + newWidth;

        Span<short> queries = stackalloc short[paddedRows * Side];
        Span<float> queryScales = stackalloc float[rows];
        Queries(slot, first, rows, queries, queryScales);

        var scratch = AttentionScratch.Current;
        var scales = scratch.Scales(2 * newWidth).AsSpan(0, 2 * newWidth);
        var seen = Math.Min(newWidth, Inputs.Count);
        new ReadOnlySpan<float>(Inputs.KeyScale + ((long)slot * Inputs.Count), seen).CopyTo(scales);
        new ReadOnlySpan<float>(Inputs.ValueScale + ((long)slot * Inputs.Count), seen).CopyTo(scales[newWidth..]);

        var scores = scratch.Scores(rows * width).AsSpan(0, rows * width);
        Span<int> sums = stackalloc int[paddedRows * Side];
        Span<short> tile = stackalloc short[PairTile.Length];
        for (var start = 0; start < width; start += Side)
        {
            PackKeys(slot, start, pastWidth, tile);
            sums.Clear();
            PairProduct<TPairs>.Accumulate(queries, Side, paddedRows, PairTile.Pairs, tile, sums);
            var keyScales = start < pastWidth
                ? new ReadOnlySpan<float>(Inputs.PastKeyScale + ((long)slot * Inputs.Capacity) + start, Side)
                : scales.Slice(start - pastWidth, Side);
            for (var row = 0; row < rows; row++)
            {
                Scores(sums.Slice(row * Side, Side), queryScales[row], keyScales, scores.Slice((row * width) + start, Side));
            }
        }

        var weights = scratch.Weights(paddedRows * width).AsSpan(0, paddedRows * width);
        Span<float> back = stackalloc float[rows];
        var pastScales = new ReadOnlySpan<float>(Inputs.PastValueScale + ((long)slot * Inputs.Capacity), pastWidth);
        for (var row = 0; row < rows; row++)
        {
            var visible = first + (row / Inputs.Group) + 1;
            back[row] = Softmax(
                scores.Slice(row * width, width), Inputs.Past, pastWidth, visible, pastScales, scales[newWidth..],
                weights.Slice(row * width, width));
        }

        weights[(rows * width)..].Clear();
        Span<long> totals = stackalloc long[rows * Side];
        totals.Clear();
        sums.Clear();
        for (var start = 0; start < width; start += Side)
        {
            PackValues(slot, start, pastWidth, tile);
            PairProduct<TPairs>.Accumulate(weights[start..], width, paddedRows, PairTile.Pairs, tile, sums);
            if ((start / Side % TilesPerSum) == TilesPerSum - 1 || start + Side == width)
            {
                for (var i = 0; i < totals.Length; i++)
                {
                    totals[i] += sums[i];
                }

                sums.Clear();
            }
        }

        for (var row = 0; row < rows; row++)
        {
            var output = OutputRow(slot, first + (row / Inputs.Group), row % Inputs.Group);
            for (var i = 0; i < Side; i++)
            {
                // Through double, which holds the sum exactly: one rounding.
                output[i] = (float)(double)totals[(row * Side) + i] * back[row];
            }
        }
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private readonly int Head(int slot, int member) => ((slot % Inputs.KeyValueHeads) * Inputs.Group) + member;

    private readonly Span<float> OutputRow(int slot, int position, int member)
    {
        long row = (slot / Inputs.KeyValueHeads * Inputs.Count) + position;
        return new Span<float>(Inputs.Output + (((row * Inputs.Heads) + Head(slot, member)) * Side), Side);
    }

    private readonly void Queries(int slot, int first, int rows, Span<short> queries, Span<float> queryScales)
    {
        Span<float> values = stackalloc float[Side];
        for (var row = 0; row < rows; row++)
        {
            var source = (slot / Inputs.KeyValueHeads * Inputs.Count) + first + (row / Inputs.Group);
            Inputs.RotatedHead<TFloat, TInt>(source, Head(slot, row % Inputs.Group), values);
            var scale = RowMath<TFloat, TInt>.QuantizeQuery(values, queries.Slice(row * Side, Side));
            queryScales[row] = scale * QueryFactor;
        }

        queries[(rows * Side)..].Clear();
    }

    private readonly void PackKeys(int slot, int start, int pastWidth, Span<short> tile)
    {
        if (start < pastWidth)
        {
            PairTile.Pack(Inputs.PastKey + ((((long)slot * Inputs.Capacity) + start) * Side), Side, tile);
            return;
        }

        var from = start - pastWidth;
        var source = Inputs.Key + ((long)slot * Side * Inputs.Count) + from;
        if (from + Side <= Inputs.Count)
        {
            PairTile.Pack(source, Inputs.Count, tile);
        }
        else
        {
            PairTile.PackPart(source, Inputs.Count, Side, Inputs.Count - from, tile);
        }
    }

    private readonly void PackValues(int slot, int start, int pastWidth, Span<short> tile)
    {
        if (start < pastWidth)
        {
            PairTile.Pack(Inputs.PastValue + ((((long)slot * Inputs.Capacity) + start) * Side), Side, tile);
            return;
        }

        var from = start - pastWidth;
        var source = Inputs.Value + ((((long)slot * Inputs.Count) + from) * Side);
        if (from + Side <= Inputs.Count)
        {
            PairTile.Pack(source, Side, tile);
        }
        else
        {
            PairTile.PackPart(source, Side, Inputs.Count - from, Side, tile);
        }
    }

    private static void Scores(ReadOnlySpan<int> sums, float queryScale, ReadOnlySpan<float> keyScales, Span<float> target)
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

    private static float Softmax(
        Span<float> scores, int past, int pastWidth, int visible,
        ReadOnlySpan<float> pastScales, ReadOnlySpan<float> newScales, Span<short> weights)
    {
        var fresh = scores[pastWidth..];
        var max = Math.Max(MaxOf(scores, past, LowestScore), MaxOf(fresh, visible, LowestScore));
        long sum = 0;
        var maxWeight = Math.Max(
            Numerators(scores[..pastWidth], past, max, pastScales, ref sum),
            Numerators(fresh, visible, max, newScales, ref sum));
        var scale = RowScale.Of(maxWeight, ExactArithmetic.AttentionLimit);
        ref var source = ref MemoryMarshal.GetReference(scores);
        ref var target = ref MemoryMarshal.GetReference(weights[..scores.Length]);
        var inverse = TFloat.Create(scale.Inverse);
        for (var i = 0; i < scores.Length; i += TFloat.Count)
        {
            (TFloat.Load(in source, i) * inverse).Round().ToInt32().StoreInt16(ref target, i);
        }

        return scale.Scale * (ExactArithmetic.SoftmaxUnit / (float)(double)sum);
    }

    private static float MaxOf(ReadOnlySpan<float> scores, int count, float lowest)
    {
        ref var source = ref MemoryMarshal.GetReference(scores);
        var floor = TFloat.Create(lowest);
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

    /// <summary>Turns scores into weights w, zero beyond <paramref name="count"/>; adds to Z and returns max w.</summary>
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
                // One lane would carry the whole sum past int32.
                sum += numerator.SumAcross();
            }
            else
            {
                sums += numerator;
            }
        }

        if (whole < count)
        {
            // What lies behind the last score is not one: it is made zero before and after the scale, which may be anything.
            var rest = count - whole;
            var e = RowMath<TFloat, TInt>.Exp2(TFloat.Load(in source, whole) - shift).KeepFirst(rest, zero);
            var w = (e * TFloat.Load(in scales, whole)).KeepFirst(rest, zero);
            w.Store(ref source, whole);
            maxWeight = TFloat.Max(maxWeight, w);
            sums += (e * unit).Round().ToInt32();
        }

        sum += sums.SumAcross();
        scores[Math.Min(scores.Length, RoundUp(count, TFloat.Count))..].Clear();
        return maxWeight.MaxAcross();
    }
}
