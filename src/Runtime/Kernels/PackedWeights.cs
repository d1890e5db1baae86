namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Memory for the packed weights of one matrix, filled by <see cref="PackWork"/>.</summary>
internal sealed unsafe class PackedWeights : IDisposable
{
    private readonly NativeBlock _memory;

    public PackedWeights(int inputs, int outputs)
    {
        _memory = new NativeBlock(PackedMatrix.Length(inputs, outputs));
        Matrix = new PackedMatrix { Bytes = (sbyte*)_memory.Pointer, Inputs = inputs, Outputs = outputs };
    }

    public PackedMatrix Matrix { get; }

    public void Dispose() => _memory.Dispose();
}
