namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Packs the weights of a whole product; an item is one panel.</summary>
internal unsafe struct PackWork : IWork
{
    /// <summary>The weights [inputs, outputs].</summary>
    public sbyte* Weights;

    /// <summary>Receives the packed weights.</summary>
    public PackedMatrix Packed;

    public readonly void Run(int item) => PairPacking.Pack(Weights, 0, Packed.Inputs, in Packed, item);
}
