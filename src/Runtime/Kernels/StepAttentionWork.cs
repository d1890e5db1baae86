using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>What makes cached keys unsigned.</summary>
    private const int KeyOffset = 128;

    /// <summary>Half of the range of the low part of a query.</summary>
    private const int LowLimit = 1 << (ExactArithmetic.PartBits - 1);

    public AttentionInputs Inputs;

    public readonly int Items => Inputs.Batch * Inputs.KeyValueHeads;

    /// <summary>Whether a call can be done by this work on this processor.</summary>
    public static bool Serves(in AttentionInputs inputs) =>
        TFloat.Count >= 8 && QuadTile.IsSupported && inputs.Count == 1 && inputs.Group <= MaxGroup;

    [SkipLocalsInit]
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
        newScales.Clear();
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

    [SkipLocalsInit]
    private readonly void ReadScores(int slot, int pastWidth, int width, Span<float> scores)
    {
        Span<sbyte> parts = stackalloc sbyte[QuadTile.Rows * Side];
        Span<float> scales = stackalloc float[MaxGroup];
        Span<int> offsets = stackalloc int[MaxGroup];
        for (var member = 0; member < Inputs.Group; member++)
        {
            scales[member] = Query(
                slot, member, parts.Slice(2 * member * Side, 2 * Side), out offsets[member], out var newSum);
            var own = scores.Slice((member * width) + pastWidth, NewWidth);
            own.Clear();
            own[0] = newSum * scales[member] * Inputs.KeyScale[slot];
        }

        parts[(2 * Inputs.Group * Side)..].Clear();
        var sums = stackalloc int[QuadTile.SumLength];
        var key = Inputs.PastKey + ((nint)slot * Inputs.Capacity * Side);
        var value = Inputs.PastValue + ((nint)slot * Inputs.Capacity * Side);
        var keyScales = Inputs.PastKeyScale + ((nint)slot * Inputs.Capacity);
        fixed (sbyte* query = parts)
        fixed (float* target = scores)
        {
            for (var start = 0; start < pastWidth; start += Side)
            {
                var tile = key + ((nint)start * Side);
                var next = start + Side < pastWidth ? tile + (Side * Side) : value;
                QuadTile.MultiplySigned(query, Side, tile, Side / QuadTile.Quad, sums, next);
                for (var member = 0; member < Inputs.Group; member++)
                {
                    QuadSums.Scores(
                        sums + (2 * member * Side), offsets[member], scales[member], keyScales + start, target + (member * width) + start);
                }
            }
        }
    }

    /// <summary>
    /// Reads a query: its parts, high before low, and its products with the offset of the cached keys and with the new key.
    /// </summary>
    /// <returns>Its scale.</returns>
    [SkipLocalsInit]
    private readonly float Query(int slot, int member, Span<sbyte> parts, out int offset, out int newSum)
    {
        Span<float> values = stackalloc float[Side];
        Inputs.RotatedHead<TFloat, TInt>(slot / Inputs.KeyValueHeads, Head(slot, member), values);
        var scale = RowScale.Of(RowMath<TFloat, TInt>.AbsMax(values), ExactArithmetic.QueryLimit);
        var inverse = TFloat.Create(scale.Inverse);
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var high = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(parts));
        ref var low = ref Unsafe.Add(ref high, Side);
        ref var key = ref *(Inputs.Key + ((nint)slot * Side));
        var half = TInt.Create(LowLimit);
        var sum = TInt.Create(0);
        var products = TInt.Create(0);
        for (var i = 0; i < Side; i += TFloat.Count)
        {
            var query = (TFloat.Load(in source, i) * inverse).Round().ToInt32();
            var upper = (query + half) >> ExactArithmetic.PartBits;
            upper.StoreByte(ref high, i);
            (query - (upper << ExactArithmetic.PartBits)).StoreByte(ref low, i);
            sum += query;
            products += query * TInt.LoadSByte(in key, i);
        }

        offset = (int)sum.SumAcross() * KeyOffset;
        newSum = (int)products.SumAcross();
        return scale.Scale * AttentionInputs.QueryFactor;
    }

    [SkipLocalsInit]
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
                var tile = value + ((nint)start * Side);
                QuadTile.AddUnsigned(weights + start, width, tile, Side / QuadTile.Quad, sums, tile + (Side * Side));
            }
        }

        var fresh = Inputs.Value + ((nint)slot * Side);
        long row = slot / Inputs.KeyValueHeads;
        for (var member = 0; member < Inputs.Group; member++)
        {
            var output = Inputs.Output + (((row * Inputs.Heads) + Head(slot, member)) * Side);
            QuadSums.Values(sums + (2 * member * Side), newWeights[member], fresh, back[member], output);
        }
    }
}
