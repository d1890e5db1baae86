namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Packs the weights of a whole product; an item is one block of outputs.</summary>
internal unsafe struct PackWork : IWork
{
    /// <summary>The weights [inputs, outputs].</summary>
    public sbyte* Weights;

    /// <summary>Receives the packed weights.</summary>
    public PackedMatrix Packed;

    public readonly void Run(int item)
    {
        var column = item * PackedMatrix.Side;
        var columns = Math.Min(PackedMatrix.Side, Packed.Outputs - column);
        var target = Packed.Block(item);
        for (var input = 0; input < Packed.Inputs; input += 2, target += PackedMatrix.PairLength)
        {
            var even = Weights + ((nint)input * Packed.Outputs) + column;
            var odd = even + Packed.Outputs;
            var hasOdd = input + 1 < Packed.Inputs;
            for (var i = 0; i < columns; i++)
            {
                target[2 * i] = even[i];
                target[(2 * i) + 1] = hasOdd ? odd[i] : (sbyte)0;
            }

            new Span<sbyte>(target + (2 * columns), PackedMatrix.PairLength - (2 * columns)).Clear();
        }
    }
}
