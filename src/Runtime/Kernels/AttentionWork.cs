using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Second part of attention: softmax(q·K) · V for the query heads that share one key/value head, a few positions at a
/// time, over the cache and the new rows.
/// <code>
/// y[j]  = (q·k[j]) · (qScale · log2e/8) · kScale[j]        integer dot product, below 2^24
/// e[j]  = 2^(y[j] − max y)
/// Z     = Σ round(e[j] · 2^19)                              exact
/// w[j]  = e[j] · vScale[j]                                  the value's scale is part of its weight before rounding
/// P[j]  = round(w[j] · 32767 / max w)                       int16
/// o     = Σ P[j] · v[j] · (max w / 32767) · (2^19 / Z)      exact integer sum
/// </code>
/// </summary>
internal unsafe struct AttentionWork<TFloat, TInt, TPairs> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>
    /// Most positions of an item: with three heads, 48 rows share each packed tile and their scores fit in a
    /// second-level cache.
    /// </summary>
    private const int MaxPositions = 16;

    /// <summary>Tiles whose sums fit in an int32: 8 · 64 · 32,767 · 127 &lt; 2^31.</summary>
    private const int TilesPerSum = 8;

    private const int Side = PairTile.Side;

    public AttentionInputs Inputs;

    public readonly int ItemsPerHead => (Inputs.Count + MaxPositions - 1) / MaxPositions;

    public readonly int Items => Inputs.Batch * Inputs.KeyValueHeads * ItemsPerHead;

    public readonly void Run(int item)
    {
        // Late positions see the most keys; starting with them lets the threads finish together.
        var slot = item / ItemsPerHead;
        var part = ItemsPerHead - 1 - (item % ItemsPerHead);
        var first = part * Inputs.Count / ItemsPerHead;
        var positions = ((part + 1) * Inputs.Count / ItemsPerHead) - first;
        var rows = positions * Inputs.Group;
        var paddedRows = RoundUp(rows, PairProduct<TPairs>.RowBlock);
        var pastWidth = RoundUp(Inputs.Past, Side);
        var newWidth = RoundUp(first + positions, Side);
        var width = pastWidth + newWidth;

        var scratch = AttentionScratch.Current;
        var queries = scratch.Queries.Take(paddedRows * Side);
        Span<float> queryScales = stackalloc float[rows];
        Queries(slot, first, rows, queries, queryScales);

        var scales = scratch.Scales.Take(2 * newWidth);
        var seen = Math.Min(newWidth, Inputs.Count);
        new ReadOnlySpan<float>(Inputs.KeyScale + ((long)slot * Inputs.Count), seen).CopyTo(scales);
        new ReadOnlySpan<float>(Inputs.ValueScale + ((long)slot * Inputs.Count), seen).CopyTo(scales[newWidth..]);

        var scores = scratch.Scores.Take(rows * width);
        var sums = scratch.Sums.Take(paddedRows * Side);
        var tile = scratch.Tile.Take(PairTile.Length);
        for (var start = 0; start < width; start += Side)
        {
            PackKeys(slot, start, pastWidth, tile);
            PairProduct<TPairs>.Multiply(queries, Side, paddedRows, tile, sums, Next(Inputs.PastKey, slot, start, pastWidth));
            var keyScales = start < pastWidth
                ? new ReadOnlySpan<float>(Inputs.PastKeyScale + ((long)slot * Inputs.Capacity) + start, Side)
                : scales.Slice(start - pastWidth, Side);
            for (var row = 0; row < rows; row++)
            {
                AttentionRow<TFloat, TInt>.Scores(
                    sums.Slice(row * Side, Side), queryScales[row], keyScales, scores.Slice((row * width) + start, Side));
            }
        }

        var weights = scratch.Weights.Take(paddedRows * width);
        Span<float> back = stackalloc float[rows];
        var pastScales = new ReadOnlySpan<float>(Inputs.PastValueScale + ((long)slot * Inputs.Capacity), pastWidth);
        for (var row = 0; row < rows; row++)
        {
            var visible = first + (row / Inputs.Group) + 1;
            var own = scores.Slice(row * width, width);
            var scale = AttentionRow<TFloat, TInt>.Softmax(
                own, Inputs.Past, pastWidth, visible, pastScales, scales[newWidth..], out back[row]);
            AttentionRow<TFloat, TInt>.Round(own, scale, weights.Slice(row * width, width));
        }

        weights[(rows * width)..].Clear();
        var totals = scratch.Totals.Take(rows * Side);
        totals.Clear();
        sums.Clear();
        for (var start = 0; start < width; start += Side)
        {
            PackValues(slot, start, pastWidth, tile);
            PairProduct<TPairs>.Add(weights[start..], width, paddedRows, tile, sums, Next(Inputs.PastValue, slot, start, pastWidth));
            if ((start / Side % TilesPerSum) == TilesPerSum - 1 || start + Side == width)
            {
                WideSums.Move(sums[..totals.Length], totals);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            WideSums.Scale(totals.Slice(row * Side, Side), back[row], OutputRow(slot, first + (row / Inputs.Group), row % Inputs.Group));
        }
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>The tile of the cache after another one, or null.</summary>
    private readonly sbyte* Next(sbyte* cache, int slot, int start, int pastWidth) =>
        start + Side < pastWidth ? Inputs.Tile(cache, slot, start + Side) : null;

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
            var scale = RowMath<TFloat, TInt>.QuantizeInt16(values, ExactArithmetic.QueryLimit, queries.Slice(row * Side, Side));
            queryScales[row] = scale * ExactArithmetic.QueryFactor;
        }

        queries[(rows * Side)..].Clear();
    }

    private readonly void PackKeys(int slot, int start, int pastWidth, Span<short> tile)
    {
        if (start < pastWidth)
        {
            PairTile.Pack<TPairs>(Inputs.Tile(Inputs.PastKey, slot, start), Side, tile);
            return;
        }

        var from = start - pastWidth;
        var source = Inputs.Key + ((long)slot * Side * Inputs.Count) + from;
        if (from + Side <= Inputs.Count)
        {
            PairTile.Pack<TPairs>(source, Inputs.Count, tile);
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
            PairTile.Pack<TPairs>(Inputs.Tile(Inputs.PastValue, slot, start), Side, tile);
            return;
        }

        var from = start - pastWidth;
        var source = Inputs.Value + ((((long)slot * Inputs.Count) + from) * Side);
        if (from + Side <= Inputs.Count)
        {
            PairTile.Pack<TPairs>(source, Side, tile);
        }
        else
        {
            PairTile.PackPart(source, Side, Inputs.Count - from, Side, tile);
        }
    }
}
