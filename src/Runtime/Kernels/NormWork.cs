using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Residual, root-mean-square norm and quantisation of rows: x' = x + y; a = quantise(x' · gain), with its scale
/// multiplied by 1/rms(x'). The norm is a factor of the scale, so it costs nothing per element.
/// </summary>
internal unsafe struct NormWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>One row takes about 0.3 µs, dispatching an item about 2 µs.</summary>
    public const int RowsPerItem = 16;

    /// <summary>The residual before the addition [·, hidden].</summary>
    public float* X;

    /// <summary>The residual after the addition [·, hidden]; null where it is not needed.</summary>
    public float* Sum;

    /// <summary>The product to add; ignored unless <see cref="HasProduct"/> is set.</summary>
    public Product Added;

    public bool HasProduct;

    public float* Gain;

    public double Epsilon;

    public Parts Output;

    /// <summary>Output row r comes from row (r / RowsKept) · RowsPerBatch + FirstRow + r % RowsKept.</summary>
    public int RowsPerBatch;
    public int RowsKept;
    public int FirstRow;

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
        var hidden = Output.Columns;
        Span<float> sum = stackalloc float[hidden];
        Span<float> scaled = stackalloc float[hidden];
        var source = (row / RowsKept * RowsPerBatch) + FirstRow + (row % RowsKept);
        var x = new ReadOnlySpan<float>(X + ((long)source * hidden), hidden);
        if (HasProduct)
        {
            Added.Dequantize<TFloat, TInt>(source, 0, sum);
            RowMath<TFloat, TInt>.Add(x, sum, sum);
            if (Sum != null)
            {
                sum.CopyTo(new Span<float>(Sum + ((long)source * hidden), hidden));
            }
        }
        else
        {
            x.CopyTo(sum);
        }

        var inverseRms = RowMath<TFloat, TInt>.InverseRms(sum, Epsilon);
        RowMath<TFloat, TInt>.Multiply(sum, new ReadOnlySpan<float>(Gain, hidden), scaled);
        Output.Quantize<TFloat, TInt>(row, scaled, inverseRms);
    }
}
