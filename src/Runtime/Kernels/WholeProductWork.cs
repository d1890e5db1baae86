using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Second step of a whole product: sums [rows, outputs] = activations [rows, inputs] · weights [inputs, outputs], one
/// panel at a time.
/// </summary>
/// <remarks>
/// Where a processor multiplies bytes by VPMADDUBSW followed by VPMADDWD, a product in two parts costs four
/// multiplications per 32 weights, and this one two. No sum can overflow: inputs · 8,127 · |weight| is checked when a
/// model is loaded.
/// </remarks>
internal unsafe struct WholeProductWork<TPairs> : IWork
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>Rows per item, which read the same panel.</summary>
    public const int RowsPerItem = 66;

    private const int Side = PackedMatrix.Side;

    /// <summary>Activations [rows, stride].</summary>
    public short* Activations;

    /// <summary>Inputs, with one that is zero if their number is odd.</summary>
    public int Stride;
    public int Rows;
    public PackedMatrix Weights;

    /// <summary>Receives the sums.</summary>
    public int* Sums;

    public readonly int Items => RowBlocks * Weights.Panels;

    private readonly int RowBlocks => (Rows + RowsPerItem - 1) / RowsPerItem;

    public readonly void Run(int item)
    {
        var panel = item / RowBlocks;
        var firstRow = item % RowBlocks * RowsPerItem;
        var rows = Math.Min(RowsPerItem, Rows - firstRow);
        var activations = Activations + ((nint)firstRow * Stride);
        var target = Sums + ((nint)firstRow * Weights.Outputs) + (panel * Side);
        var columns = Math.Min(Side, Weights.Outputs - (panel * Side));
        if (columns == Side)
        {
            PackedProduct<TPairs>.Multiply(activations, Stride, rows, in Weights, panel, target, Weights.Outputs);
            return;
        }

        var sums = stackalloc int[RowsPerItem * Side];
        PackedProduct<TPairs>.Multiply(activations, Stride, rows, in Weights, panel, sums, Side);
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<int>(sums + (row * Side), columns).CopyTo(
                new Span<int>(target + ((nint)row * Weights.Outputs), columns));
        }
    }
}
