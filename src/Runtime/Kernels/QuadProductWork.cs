namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// The matrix product of few rows: sums [rows, padded outputs] = activations [rows, inputs] · weights − what the zero point
/// adds, the integers of MatMulInteger. An item is a few panels.
/// </summary>
internal unsafe struct QuadProductWork : IWork
{
    /// <summary>Unsigned bytes [rows, inputs].</summary>
    public byte* Activations;
    public int Rows;
    public QuadMatrix Weights;

    /// <summary>Receives the sums.</summary>
    public int* Sums;

    public int PanelsPerItem;

    public readonly int Items => (Weights.Panels + PanelsPerItem - 1) / PanelsPerItem;

    public readonly void Run(int item)
    {
        var end = Math.Min(Weights.Panels, (item + 1) * PanelsPerItem);
        for (var panel = item * PanelsPerItem; panel < end; panel++)
        {
            QuadPanel.Multiply(
                Activations, Rows, in Weights, panel, Sums + (panel * QuadMatrix.Side), Weights.PaddedOutputs);
        }
    }
}
