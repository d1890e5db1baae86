using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>silu(gate) · up, quantised; the product's columns are the gates, then the ups.</summary>
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
        var width = Output.Columns;
        var end = Math.Min(Output.Rows, (item + 1) * RowsPerItem);
        Span<float> gate = stackalloc float[width];
        Span<float> up = stackalloc float[width];
        for (var row = item * RowsPerItem; row < end; row++)
        {
            GateUp.Dequantize<TFloat, TInt>(row, 0, gate);
            GateUp.Dequantize<TFloat, TInt>(row, width, up);
            RowMath<TFloat, TInt>.SwiGlu(gate, up, gate);
            Output.Scale[row] = Output.Quantize<TFloat, TInt>(row, gate);
        }
    }
}
