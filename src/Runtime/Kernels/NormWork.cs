using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Residual, root-mean-square norm and quantisation of rows: x' = x + y; a = quantise(x' · gain), its scale times
/// 1/rms(x'). The norm is a factor of the scale, so it costs nothing per element.
/// </summary>
internal unsafe struct NormWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>One row takes about 0.3 µs, handing out an item about 2 µs.</summary>
    public const int RowsPerItem = 16;

    /// <summary>The residual before [·, hidden].</summary>
    public float* X;

    /// <summary>The residual after [·, hidden]; null where nothing needs it.</summary>
    public float* Sum;

    /// <summary>The product that is added; ignored where <see cref="HasProduct"/> is not set.</summary>
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

    public void Run(int item)
    {
        var hidden = Output.Columns;
        var end = Math.Min(Output.Rows, (item + 1) * RowsPerItem);
        Span<float> sum = stackalloc float[hidden];
        Span<float> scaled = stackalloc float[hidden];
        var gain = new ReadOnlySpan<float>(Gain, hidden);
        for (var row = item * RowsPerItem; row < end; row++)
        {
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
            RowMath<TFloat, TInt>.Multiply(sum, gain, scaled);
            Output.Quantize<TFloat, TInt>(row, scaled, inverseRms);
        }
    }
}
