using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Second part of a whole product: sums [rows, outputs] = activations [rows, inputs] · weights [inputs, outputs], one
/// block of 64 outputs at a time.
/// </summary>
/// <remarks>
/// Where a processor multiplies bytes by VPMADDUBSW, which takes a VPMADDWD behind it, a product in two parts costs four
/// multiplications for 32 weights, and this one two. No sum can overflow: inputs · 8,127 · |weight| is checked when a
/// model is loaded.
/// </remarks>
internal unsafe struct WholeProductWork<TPairs> : IWork
    where TPairs : struct, IPairLanes<TPairs>
{
    /// <summary>Rows of an item: their sums, 16 KiB, stay in the first-level cache.</summary>
    public const int RowsPerItem = 64;

    /// <summary>Pairs of inputs at a time: 8 KiB of weights, read by all rows of an item.</summary>
    private const int PairsAtATime = 64;

    private const int Side = PackedMatrix.Side;

    /// <summary>Activations [rows padded to whole blocks, stride].</summary>
    public short* Activations;
    public int Stride;
    public int Rows;
    public PackedMatrix Weights;

    /// <summary>Receives the sums.</summary>
    public int* Sums;

    public readonly int Items => RowBlocks * Weights.Blocks;

    private readonly int RowBlocks => (Rows + RowsPerItem - 1) / RowsPerItem;

    /// <summary>Size of the activations: whole blocks of rows, whole pairs.</summary>
    public static (int Rows, int Stride) Padded(int rows, int inputs) =>
        (PaddedRows(rows), RoundUp(inputs, 2));

    public readonly void Run(int item)
    {
        var block = item / RowBlocks;
        var firstRow = item % RowBlocks * RowsPerItem;
        var rows = Math.Min(RowsPerItem, Rows - firstRow);
        var padded = PaddedRows(rows);
        Span<int> sums = stackalloc int[padded * Side];
        sums.Clear();
        for (var pair = 0; pair < Weights.Pairs; pair += PairsAtATime)
        {
            var pairs = Math.Min(PairsAtATime, Weights.Pairs - pair);
            var activations = Activations + ((nint)firstRow * Stride) + (2 * pair);
            var weights = Weights.Block(block) + ((nint)pair * PackedMatrix.PairLength);
            PackedProduct<TPairs>.Accumulate(activations, Stride, padded, pairs, weights, sums);
        }

        var column = block * Side;
        var columns = Math.Min(Side, Weights.Outputs - column);
        for (var row = 0; row < rows; row++)
        {
            var target = Sums + ((nint)(firstRow + row) * Weights.Outputs) + column;
            sums.Slice(row * Side, columns).CopyTo(new Span<int>(target, columns));
        }
    }

    private static int PaddedRows(int rows) => rows == 1 ? 1 : RoundUp(rows, PackedProduct<TPairs>.RowBlock);

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
