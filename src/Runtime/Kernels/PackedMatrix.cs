namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Weights [inputs, outputs] as pairs, in panels of 32 outputs: [panels][inputs / 2][32][2] signed bytes, padded with zeros. A
/// product reads them from the first byte to the last and widens each vector with the instruction that loads it.
/// </summary>
internal readonly unsafe struct PackedMatrix
{
    /// <summary>Outputs of a panel: two vectors of 512 bits. A pair of inputs is a cache line.</summary>
    public const int Side = 32;

    /// <summary>Bytes of one pair of inputs in a panel.</summary>
    public const int PairLength = 2 * Side;

    /// <summary><see cref="Length"/> bytes.</summary>
    public required sbyte* Bytes { get; init; }

    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Pairs of inputs.</summary>
    public int Pairs => (Inputs + 1) / 2;

    public int Panels => PanelsOf(Outputs);

    /// <summary>Panels of so many outputs.</summary>
    public static int PanelsOf(int outputs) => (outputs + Side - 1) / Side;

    /// <summary>Size of a packed matrix in bytes.</summary>
    public static long Length(int inputs, int outputs) => (long)PanelsOf(outputs) * ((inputs + 1) / 2) * PairLength;

    /// <summary>First byte of a panel.</summary>
    public sbyte* Panel(int panel) => Bytes + ((nint)panel * Pairs * PairLength);
}
