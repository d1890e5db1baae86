using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Memory for the packed weights of one matrix, filled by <see cref="PackWork"/>.</summary>
internal sealed unsafe class PackedWeights : IDisposable
{
    /// <summary>A cache line.</summary>
    private const int Alignment = 64;

    private sbyte* _bytes;

    public PackedWeights(int inputs, int outputs)
    {
        _bytes = (sbyte*)NativeMemory.AlignedAlloc((nuint)PackedMatrix.Length(inputs, outputs), Alignment);
        Matrix = new PackedMatrix { Bytes = _bytes, Inputs = inputs, Outputs = outputs };
    }

    ~PackedWeights() => Free();

    public PackedMatrix Matrix { get; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_bytes);
        _bytes = null;
    }
}
