using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// <see cref="AttentionWork{TFloat,TInt,TPairs}"/> for one new position per lane, where each byte of the cache is
/// multiplied with few rows: no tile is packed. Queries and weights are split into two parts of a byte each.
/// <code>
/// q = high·128 + low, signed:      q·k = 128·Σ high·(k + 128) + Σ low·(k + 128) − 128·Σ q
/// P = high·128 + low, unsigned:    ΣP·v = 128·Σ high·v + Σ low·v
/// </code>
/// </summary>
/// <remarks>
/// No sum overflows: 8,192 positions · 255 · 127 &lt; 2^28. An item is a key/value head of a lane.
/// </remarks>
internal unsafe struct StepAttentionWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>Most query heads that may share a key/value head.</summary>
    public const int MaxGroup = QuadTile.Rows / 2;

    private const int Side = PairTile.Side;

    /// <summary>Room for the scores of the one new position.</summary>
    private const int NewWidth = ExactArithmetic.RowMultiple;

    /// <summary>Half of the range of the low part of a query.</summary>
    private const int LowLimit = 1 << (ExactArithmetic.PartBits - 1);

    public AttentionInputs Inputs;

    public readonly int Items => Inputs.Batch * Inputs.KeyValueHeads;

    /// <summary>Whether a call can be done by this work on this processor.</summary>
    public static bool Serves(in AttentionInputs inputs) =>
        TFloat.Count >= 8 && QuadTile.IsSupported && inputs.Count == 1 && inputs.Group <= MaxGroup;

    public readonly void Run(int slot)
    {
        var group = Inputs.Group;
        var pastWidth = (Inputs.Past + Side - 1) / Side * Side;
        var width = pastWidth + NewWidth;
        var scratch = AttentionScratch.Current;
        var scores = scratch.Scores.Take(group * width);
        ReadScores(slot, pastWidth, width, scores);

        var parts = scratch.Parts.Take(QuadTile.Rows * width);
        Span<float> back = stackalloc float[MaxGroup];
        Span<int> newWeights = stackalloc int[MaxGroup];
        Span<float> newScales = stackalloc float[NewWidth];
        newScales[0] = Inputs.ValueScale[slot];
        var pastScales = new ReadOnlySpan<float>(Inputs.PastValueScale + ((long)slot * Inputs.Capacity), pastWidth);
        for (var member = 0; member < group; member++)
        {
            var own = scores.Slice(member * width, width);
            var scale = AttentionRow<TFloat, TInt>.Softmax(
                own, Inputs.Past, pastWidth, 1, pastScales, newScales, out back[member]);
            var high = parts.Slice(2 * member * width, width);
            var low = parts.Slice(((2 * member) + 1) * width, width);
            AttentionRow<TFloat, TInt>.Round(own, scale, high, low);
            newWeights[member] = (high[pastWidth] << ExactArithmetic.PartBits) + low[pastWidth];
        }

        parts[(2 * group * width)..].Clear();
        WriteOutput(slot, pastWidth, width, parts, newWeights, back);
    }

    private readonly int Head(int slot, int member) => (slot % Inputs.KeyValueHeads * Inputs.Group) + member;

    private readonly void ReadScores(int slot, int pastWidth, int width, Span<float> scores)
    {
        Span<short> queries = stackalloc short[MaxGroup * Side];
        Span<sbyte> parts = stackalloc sbyte[QuadTile.Rows * Side];
        Span<float> scales = stackalloc float[MaxGroup];
        Span<int> offsets = stackalloc int[MaxGroup];
        Queries(slot, queries, parts, scales, offsets);

        var sums = stackalloc int[QuadTile.SumLength];
        var key = Inputs.PastKey + ((nint)slot * Inputs.Capacity * Side);
        var keyScales = new ReadOnlySpan<float>(Inputs.PastKeyScale + ((long)slot * Inputs.Capacity), pastWidth);
        fixed (sbyte* query = parts)
        {
            for (var start = 0; start < pastWidth; start += Side)
            {
                new Span<int>(sums, QuadTile.SumLength).Clear();
                QuadTile.AddSigned(query, Side, key + ((nint)start * Side), Side / QuadTile.Quad, sums);
                for (var member = 0; member < Inputs.Group; member++)
                {
                    var high = sums + (2 * member * Side);
                    Join(high, offsets[member]);
                    QuadTile.Straighten(high);
                    AttentionRow<TFloat, TInt>.Scores(
                        new ReadOnlySpan<int>(high, Side), scales[member], keyScales.Slice(start, Side),
                        scores.Slice((member * width) + start, Side));
                }
            }
        }

        var fresh = Inputs.Key + ((nint)slot * Side);
        for (var member = 0; member < Inputs.Group; member++)
        {
            var sum = 0;
            for (var i = 0; i < Side; i++)
            {
                sum += queries[(member * Side) + i] * fresh[i];
            }

            var own = scores.Slice((member * width) + pastWidth, NewWidth);
            own.Clear();
            own[0] = sum * scales[member] * Inputs.KeyScale[slot];
        }
    }

    /// <summary>One row of sums from the sums of its high parts, which it replaces, and those of its low parts.</summary>
    private static void Join(int* high, int offset)
    {
        ref var highs = ref *high;
        ref var lows = ref *(high + Side);
        var less = TInt.Create(offset);
        for (var i = 0; i < Side; i += TFloat.Count)
        {
            var sum = (TInt.Load(in highs, i) << ExactArithmetic.PartBits) + TInt.Load(in lows, i) - less;
            sum.Store(ref highs, i);
        }
    }

    private readonly void Queries(
        int slot, Span<short> queries, Span<sbyte> parts, Span<float> scales, Span<int> offsets)
    {
        Span<float> values = stackalloc float[Side];
        for (var member = 0; member < Inputs.Group; member++)
        {
            var query = queries.Slice(member * Side, Side);
            Inputs.RotatedHead<TFloat, TInt>(slot / Inputs.KeyValueHeads, Head(slot, member), values);
            scales[member] = RowMath<TFloat, TInt>.QuantizeQuery(values, query)
                * AttentionInputs.QueryFactor;
            var high = parts.Slice(2 * member * Side, Side);
            var low = parts.Slice(((2 * member) + 1) * Side, Side);
            var sum = 0;
            for (var i = 0; i < Side; i++)
            {
                var upper = (query[i] + LowLimit) >> ExactArithmetic.PartBits;
                high[i] = (sbyte)upper;
                low[i] = (sbyte)(query[i] - (upper << ExactArithmetic.PartBits));
                sum += query[i];
            }

            offsets[member] = sum * 128;
        }

        parts[(2 * Inputs.Group * Side)..].Clear();
    }

    private readonly void WriteOutput(
        int slot, int pastWidth, int width, Span<byte> parts, ReadOnlySpan<int> newWeights, ReadOnlySpan<float> back)
    {
        var sums = stackalloc int[QuadTile.SumLength];
        new Span<int>(sums, QuadTile.SumLength).Clear();
        var value = Inputs.PastValue + ((nint)slot * Inputs.Capacity * Side);
        fixed (byte* weights = parts)
        {
            // Tile by tile: all four passes over a tile find it in the first-level cache.
            for (var start = 0; start < pastWidth; start += Side)
            {
                QuadTile.AddUnsigned(weights + start, width, value + ((nint)start * Side), Side / QuadTile.Quad, sums);
            }
        }

        var fresh = Inputs.Value + ((nint)slot * Side);
        long row = slot / Inputs.KeyValueHeads;
        for (var member = 0; member < Inputs.Group; member++)
        {
            var high = sums + (2 * member * Side);
            var low = high + Side;
            QuadTile.Straighten(high);
            QuadTile.Straighten(low);
            var output = Inputs.Output + (((row * Inputs.Heads) + Head(slot, member)) * Side);
            for (var i = 0; i < Side; i++)
            {
                var total = ((long)high[i] << ExactArithmetic.PartBits) + low[i] + ((long)newWeights[member] * fresh[i]);

                // A double holds the sum exactly, so this rounds once.
                output[i] = (float)(double)total * back[member];
            }
        }
    }
}
