using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>The integer result of one matrix product, with what turns it back into floats.</summary>
internal readonly unsafe struct Product
{
    /// <summary>Sums [parts·rows, columns]; with two parts the high rows come first.</summary>
    public required int* Sums { get; init; }

    /// <summary>Scale of each column [columns].</summary>
    public required float* ColumnScale { get; init; }

    /// <summary>Scale of each row [rows].</summary>
    public required float* RowScale { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required bool Wide { get; init; }

    public void Dequantize<TFloat, TInt>(int row, int start, Span<float> target)
        where TFloat : struct, IFloatLanes<TFloat, TInt>
        where TInt : struct, IIntLanes<TInt, TFloat>
    {
        var offset = ((long)row * Columns) + start;
        var high = new ReadOnlySpan<int>(Sums + offset, target.Length);
        var low = Wide ? new ReadOnlySpan<int>(Sums + ((long)Rows * Columns) + offset, target.Length) : default;
        var scales = new ReadOnlySpan<float>(ColumnScale + start, target.Length);
        RowMath<TFloat, TInt>.Dequantize(high, low, scales, RowScale[row], target);
    }
}
