using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// <see cref="AttentionWork{TFloat,TInt,TPairs}"/> for one new position per lane, where each byte of the cache is multiplied with
/// few rows: no tile is packed. An item is a key/value head of a lane.
/// </summary>
/// <remarks>
/// Lanes that begin with the same primer have its keys and values in common. All of them read these from the first lane: one head
/// of 512 positions takes 64 KiB, which stays in a second-level cache while a thread goes through the lanes, head by head.
/// </remarks>
internal unsafe struct StepAttentionWork<TFloat, TInt, TPairs> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>Most query heads that may share a key/value head.</summary>
    public const int MaxGroup = StepTile<TPairs>.Rows;

    /// <summary>Tiles whose sums fit in an int32, with the new position: (8 · 64 + 1) · 32,767 · 127 &lt; 2^31.</summary>
    private const int TilesPerSum = 8;

    private const int Side = PairTile.Side;

    /// <summary>Positions from a tile to the one whose scales are fetched meanwhile. Those of the values are needed later.</summary>
    private const int ScalesAhead = 2 * Side;

    /// <summary>Room for the scores of the one new position.</summary>
    private const int NewWidth = ExactArithmetic.RowMultiple;

    public AttentionInputs Inputs;

    public readonly int Items => Inputs.Batch * Inputs.KeyValueHeads;

    /// <summary>Whether a call can be done by this work.</summary>
    public static bool Serves(in AttentionInputs inputs) => inputs.Count == 1 && inputs.Group <= MaxGroup;

    /// <summary>The pair of a lane and a key/value head that an item computes.</summary>
    public readonly int Slot(int item) => (item % Inputs.Batch * Inputs.KeyValueHeads) + (item / Inputs.Batch);

    [SkipLocalsInit]
    public readonly void Run(int item)
    {
        var slot = Slot(item);
        var pastWidth = (Inputs.Past + Side - 1) / Side * Side;
        var width = pastWidth + NewWidth;
        var scratch = AttentionScratch.Current;
        var scores = scratch.Scores.Take(Inputs.Group * width);
        ReadScores(slot, pastWidth, width, scores);

        var weights = scratch.Weights.Take(MaxGroup * width);
        Span<float> back = stackalloc float[MaxGroup];
        Span<float> newScales = stackalloc float[NewWidth];
        newScales.Clear();
        newScales[0] = Inputs.ValueScale[slot];
        var pastScales = new ReadOnlySpan<float>(Inputs.PastValueScale + ((long)slot * Inputs.Capacity), pastWidth);
        for (var member = 0; member < Inputs.Group; member++)
        {
            var own = scores.Slice(member * width, width);
            var scale = AttentionRow<TFloat, TInt>.Softmax(
                own, Inputs.Past, pastWidth, 1, pastScales, newScales, out back[member]);
            AttentionRow<TFloat, TInt>.Round(own, scale, weights.Slice(member * width, width));
        }

        weights[(Inputs.Group * width)..].Clear();
        WriteOutput(slot, pastWidth, width, weights, back);
    }

    private readonly int Head(int slot, int member) => (slot % Inputs.KeyValueHeads * Inputs.Group) + member;

    [SkipLocalsInit]
    private readonly void ReadScores(int slot, int pastWidth, int width, Span<float> scores)
    {
        Span<short> queries = stackalloc short[MaxGroup * Side];
        Span<float> scales = stackalloc float[MaxGroup];
        for (var member = 0; member < Inputs.Group; member++)
        {
            var query = queries.Slice(member * Side, Side);
            scales[member] = ReadQuery(slot, member, query);
            var own = scores.Slice((member * width) + pastWidth, NewWidth);
            own.Clear();
            own[0] = NewSum(slot, query) * scales[member] * Inputs.KeyScale[slot];
        }

        queries[(Inputs.Group * Side)..].Clear();
        var sums = stackalloc int[StepTile<TPairs>.SumLength];
        var keyScales = Inputs.PastKeyScale + ((nint)slot * Inputs.Capacity);
        var valueScales = Inputs.PastValueScale + ((nint)slot * Inputs.Capacity);
        fixed (short* query = queries)
        {
            for (var start = 0; start < pastWidth; start += Side)
            {
                var next = start + Side < pastWidth ? Inputs.Tile(Inputs.PastKey, slot, start + Side) : Inputs.Tile(Inputs.PastValue, slot, 0);
                StepTile<TPairs>.Multiply(query, Side, Inputs.Tile(Inputs.PastKey, slot, start), sums, next);
                CacheLine.Prefetch(new ReadOnlySpan<float>(keyScales + start + ScalesAhead, Side));
                CacheLine.Prefetch(new ReadOnlySpan<float>(valueScales + start, Side));
                for (var member = 0; member < Inputs.Group; member++)
                {
                    AttentionRow<TFloat, TInt>.Scores(
                        new ReadOnlySpan<int>(sums + (member * Side), Side), scales[member],
                        new ReadOnlySpan<float>(keyScales + start, Side), scores.Slice((member * width) + start, Side));
                }
            }
        }
    }

    /// <summary>Reads a query.</summary>
    /// <returns>Its scale.</returns>
    [SkipLocalsInit]
    private readonly float ReadQuery(int slot, int member, Span<short> query)
    {
        Span<float> values = stackalloc float[Side];
        Inputs.RotatedHead<TFloat, TInt>(slot / Inputs.KeyValueHeads, Head(slot, member), values);
        return RowMath<TFloat, TInt>.QuantizeInt16(values, ExactArithmetic.QueryLimit, query) * ExactArithmetic.QueryFactor;
    }

    /// <summary>The product of a query with the new key.</summary>
    private readonly int NewSum(int slot, ReadOnlySpan<short> query)
    {
        var key = Inputs.Key + ((nint)slot * Side);
        ref var source = ref MemoryMarshal.GetReference(query);
        var products = default(TPairs);
        for (var i = 0; i < Side; i += 2 * TPairs.Count)
        {
            products = products.MultiplyAdd(TPairs.LoadPairs(ref source, i), TPairs.Widen(key + i));
        }

        Span<int> lanes = stackalloc int[TPairs.Count];
        products.Store(ref lanes[0], 0);
        var sum = 0;
        foreach (var lane in lanes)
        {
            sum += lane;
        }

        return sum;
    }

    [SkipLocalsInit]
    private readonly void WriteOutput(int slot, int pastWidth, int width, Span<short> weights, ReadOnlySpan<float> back)
    {
        Span<int> sums = stackalloc int[StepTile<TPairs>.SumLength];
        Span<long> totals = stackalloc long[StepTile<TPairs>.SumLength];
        sums.Clear();
        totals.Clear();
        fixed (short* first = weights)
        fixed (int* target = sums)
        {
            for (var start = 0; start < pastWidth; start += Side)
            {
                StepTile<TPairs>.Add(
                    first + start, width, Inputs.Tile(Inputs.PastValue, slot, start), target, Inputs.Tile(Inputs.PastValue, slot, start + Side));
                if ((start / Side % TilesPerSum) == TilesPerSum - 1 && start + Side < pastWidth)
                {
                    WideSums.Move(sums, totals);
                }
            }
        }

        ref var fresh = ref *(Inputs.Value + ((nint)slot * Side));
        long row = slot / Inputs.KeyValueHeads;
        for (var member = 0; member < Inputs.Group; member++)
        {
            var newWeight = TInt.Create(weights[(member * width) + pastWidth]);
            ref var own = ref sums[member * Side];
            for (var i = 0; i < Side; i += TFloat.Count)
            {
                (TInt.Load(in own, i) + (newWeight * TInt.LoadSByte(in fresh, i))).Store(ref own, i);
            }
        }

        WideSums.Move(sums, totals);
        for (var member = 0; member < Inputs.Group; member++)
        {
            var output = Inputs.Output + (((row * Inputs.Heads) + Head(slot, member)) * Side);
            WideSums.Scale(totals.Slice(member * Side, Side), back[member], new Span<float>(output, Side));
        }
    }
}
