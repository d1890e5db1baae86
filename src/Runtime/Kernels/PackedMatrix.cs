namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Weights [inputs, outputs] as pairs, in blocks of 64 outputs: [outputs / 64][inputs / 2][64][2] signed bytes, padded
/// with zeros. A product reads them sequentially and widens each vector with the instruction that loads it.
/// </summary>
internal readonly unsafe struct PackedMatrix
{
    /// <summary>Outputs per block.</summary>
    public const int Side = 64;

    /// <summary>Bytes of one pair of inputs in a block.</summary>
    public const int PairLength = 2 * Side;

    /// <summary><see cref="Length"/> bytes.</summary>
    public required sbyte* Bytes { get; init; }

    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Pairs of inputs.</summary>
    public int Pairs => (Inputs + 1) / 2;

    /// <summary>Blocks of outputs.</summary>
    public int Blocks => (Outputs + Side - 1) / Side;

    /// <summary>Size of a packed matrix in bytes.</summary>
    public static long Length(int inputs, int outputs) => (long)((outputs + Side - 1) / Side) * ((inputs + 1) / 2) * PairLength;

    /// <summary>First byte of a block.</summary>
    public sbyte* Block(int block) => Bytes + ((nint)block * Pairs * PairLength);
}
