using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>The packed weights of one node, made in its first call and kept as long as the node.</summary>
internal sealed unsafe class PackedWeights : IDisposable
{
    /// <summary>A cache line.</summary>
    private const int Alignment = 64;

    private sbyte* _bytes;

    public PackedWeights(sbyte* weights, int inputs, int outputs, ParallelRunner parallel)
    {
        _bytes = (sbyte*)NativeMemory.AlignedAlloc((nuint)PackedMatrix.Length(inputs, outputs), Alignment);
        Matrix = new PackedMatrix { Bytes = _bytes, Inputs = inputs, Outputs = outputs };
        var work = new PackWork { Weights = weights, Packed = Matrix };
        parallel.For(ref work, Matrix.Blocks);
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
