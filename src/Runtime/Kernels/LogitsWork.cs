using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>The head's integer sums as floats, in blocks of a row.</summary>
internal unsafe struct LogitsWork<TFloat, TInt> : IWork
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>Columns per item: 64 KiB in and 64 KiB out.</summary>
    public const int Block = 16384;

    public Product Head;
    public float* Logits;

    public readonly int BlocksPerRow => (Head.Columns + Block - 1) / Block;

    public readonly void Run(int item)
    {
        var row = item / BlocksPerRow;
        var start = item % BlocksPerRow * Block;
        var target = new Span<float>(
            Logits + ((long)row * Head.Columns) + start, Math.Min(Block, Head.Columns - start));
        Head.Dequantize<TFloat, TInt>(row, start, target);
    }
}
