using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Last step of attention: its output, quantised for the next matrix product.</summary>
internal unsafe struct QuantizeWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>One row takes about 0.2 µs.</summary>
    public const int RowsPerItem = 32;

    public float* Input;
    public Parts Output;

    public static int Items(int rows) => (rows + RowsPerItem - 1) / RowsPerItem;

    public readonly void Run(int item)
    {
        var end = Math.Min(Output.Rows, (item + 1) * RowsPerItem);
        for (var row = item * RowsPerItem; row < end; row++)
        {
            Row(row);
        }
    }

    /// <summary>Writes one row of the output.</summary>
    public readonly void Row(int row)
    {
        var values = new ReadOnlySpan<float>(Input + ((long)row * Output.Columns), Output.Columns);
        Output.Scale[row] = Output.Quantize<TFloat, TInt>(row, values);
    }
}
