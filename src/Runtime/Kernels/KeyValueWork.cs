using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>First step of attention: the new rows of the key and value cache.</summary>
internal unsafe struct KeyValueWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>One row takes about half a microsecond.</summary>
    public const int RowsPerItem = 16;

    public AttentionInputs Inputs;

    public static int Items(int rows) => (rows + RowsPerItem - 1) / RowsPerItem;

    public readonly void Run(int item)
    {
        var end = Math.Min(Inputs.Batch * Inputs.Count, (item + 1) * RowsPerItem);
        for (var row = item * RowsPerItem; row < end; row++)
        {
            for (var head = 0; head < Inputs.KeyValueHeads; head++)
            {
                Row(row, head);
            }
        }
    }

    /// <summary>Writes key and value of one head for one row.</summary>
    [SkipLocalsInit]
    public readonly void Row(int row, int head)
    {
        const int Size = ExactArithmetic.HeadSize;
        Span<float> values = stackalloc float[Size];
        Span<byte> bytes = stackalloc byte[Size];
        var count = Inputs.Count;
        var slot = ((long)(row / count) * Inputs.KeyValueHeads) + head;
        var at = (slot * count) + (row % count);
        Inputs.RotatedHead<TFloat, TInt>(row, Inputs.Heads + head, values);
        Inputs.KeyScale[at] = RowMath<TFloat, TInt>.QuantizeCache(values, bytes);
        var key = Inputs.Key + (slot * Size * count) + (row % count);
        for (var i = 0; i < Size; i++)
        {
            key[(long)i * count] = (sbyte)bytes[i];
        }

        Inputs.Qkv.Dequantize<TFloat, TInt>(row, (Inputs.Heads + Inputs.KeyValueHeads + head) * Size, values);
        Inputs.ValueScale[at] =
            RowMath<TFloat, TInt>.QuantizeCache(values, new Span<byte>(Inputs.Value + (at * Size), Size));
    }
}
