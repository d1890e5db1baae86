using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Shapes and tensors of one attention call; see <see cref="AttentionWork{TFloat,TInt,TPairs}"/>.</summary>
internal unsafe struct AttentionInputs
{
    public int Batch;

    /// <summary>New positions per lane.</summary>
    public int Count;

    /// <summary>Positions already in the cache.</summary>
    public int Past;

    /// <summary>Positions at the beginning of the cache that are the same in all lanes; 0 if that is not known.</summary>
    public int Shared;

    /// <summary>
    /// Capacity of the cache in positions, a multiple of <see cref="ExactArithmetic.CacheMultiple"/>.
    /// </summary>
    public int Capacity;

    public int Heads;
    public int KeyValueHeads;

    /// <summary>Queries, keys and values [batch·count, (heads + 2·kvHeads)·64].</summary>
    public Product Qkv;

    /// <summary>Position of each row [batch, count].</summary>
    public long* Positions;

    /// <summary>Rotary tables [positions, 32].</summary>
    public float* Cos;
    public float* Sin;
    public int TableRows;

    /// <summary>
    /// Cached keys in transposed tiles [batch, kvHeads, capacity / 64, 64, 64], and their scales [batch, kvHeads,
    /// capacity].
    /// </summary>
    public sbyte* PastKey;
    public float* PastKeyScale;

    /// <summary>Cached values [batch, kvHeads, capacity, 64] and their scales [batch, kvHeads, capacity].</summary>
    public sbyte* PastValue;
    public float* PastValueScale;

    /// <summary>New keys, transposed [batch, kvHeads, 64, count], and their scales [batch, kvHeads, count].</summary>
    public sbyte* Key;
    public float* KeyScale;

    /// <summary>New values [batch, kvHeads, count, 64] and their scales [batch, kvHeads, count].</summary>
    public sbyte* Value;
    public float* ValueScale;

    /// <summary>Attention output as floats [batch·count, heads·64].</summary>
    public float* Output;

    public readonly int Group => Heads / KeyValueHeads;

    /// <summary>A tile of cached keys or values; where the lanes are the same, that of the first lane.</summary>
    public readonly sbyte* Tile(sbyte* cache, int slot, int start)
    {
        const int Side = PairTile.Side;
        var source = start + Side <= Shared ? slot % KeyValueHeads : slot;
        return cache + ((((nint)source * Capacity) + start) * Side);
    }

    /// <summary>Dequantises one head of a row and rotates it to its position.</summary>
    public readonly void RotatedHead<TFloat, TInt>(int row, int head, Span<float> target)
        where TFloat : struct, IFloatLanes<TFloat, TInt>
        where TInt : struct, IIntLanes<TInt, TFloat>
    {
        const int Half = ExactArithmetic.HeadSize / 2;
        Qkv.Dequantize<TFloat, TInt>(row, head * ExactArithmetic.HeadSize, target);
        var position = (long)Math.Min((ulong)Positions[row], (ulong)(TableRows - 1));
        RowMath<TFloat, TInt>.Rotate(
            target, new ReadOnlySpan<float>(Cos + (position * Half), Half), new ReadOnlySpan<float>(Sin + (position * Half), Half));
    }
}
