using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>silu(gate) · up, quantised. The columns of the product are the gates, then the ups.</summary>
internal unsafe struct SwiGluWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>One row takes about 2 µs.</summary>
    public const int RowsPerItem = 4;

    public Product GateUp;
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
    [SkipLocalsInit]
    public readonly void Row(int row)
    {
        var width = Output.Columns;
        Span<float> gate = stackalloc float[width];
        Span<float> up = stackalloc float[width];
        GateUp.Dequantize<TFloat, TInt>(row, 0, gate);
        GateUp.Dequantize<TFloat, TInt>(row, width, up);
        RowMath<TFloat, TInt>.SwiGlu(gate, up, gate);
        Output.Scale[row] = Output.Quantize<TFloat, TInt>(row, gate);
    }
}
