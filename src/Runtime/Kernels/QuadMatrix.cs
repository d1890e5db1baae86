namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Weights [inputs, outputs] as VPDPBUSD reads them, in panels of 24 outputs: [panels][inputs / 4][24][4] signed bytes,
/// padded with zeros. A product reads them once, from the first byte to the last.
/// </summary>
internal readonly unsafe struct QuadMatrix
{
    /// <summary>Outputs per panel: three vectors of 256 bits, for each of four rows, are 12 of AVX2's 16 registers.</summary>
    public const int Side = 24;

    /// <summary>Inputs that one instruction multiplies.</summary>
    public const int Quad = 4;

    /// <summary><see cref="Length"/> bytes.</summary>
    public required sbyte* Bytes { get; init; }

    /// <summary>
    /// What the zero point of the activations adds to the sum of each output: zero point · Σ weights [panels · 24].
    /// </summary>
    public required int* Offsets { get; init; }

    /// <summary>Inputs, a multiple of 4.</summary>
    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    public int Panels => PanelsOf(Outputs);

    /// <summary>Outputs with those that fill the last panel.</summary>
    public int PaddedOutputs => Panels * Side;

    /// <summary>Bytes of a panel.</summary>
    public int PanelLength => Inputs * Side;

    /// <summary>Panels of so many outputs.</summary>
    public static int PanelsOf(int outputs) => (outputs + Side - 1) / Side;

    /// <summary>Size of the packed weights in bytes.</summary>
    public static long Length(int inputs, int outputs) => (long)PanelsOf(outputs) * Side * inputs;

    /// <summary>First byte of a panel.</summary>
    public sbyte* Panel(int panel) => Bytes + ((nint)panel * PanelLength);
}
