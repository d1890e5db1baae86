using System.Numerics;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Memory that grows to the largest request and is kept. It starts at a cache line. It doubles: a window of 8,192 positions
/// grows 128 times, and outgrown arrays stay until the next full collection, 180 MB of them at level 9.
/// </summary>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private T[] _array = [];
    private int _start;
    private int _length;

    /// <summary>The first <paramref name="length"/> elements, with whatever the last user left in them.</summary>
    public unsafe Span<T> Take(int length)
    {
        if (_length < length)
        {
            _length = checked((int)BitOperations.RoundUpToPowerOf2((uint)length));
            _array = GC.AllocateUninitializedArray<T>(_length + (CacheLine.Size / sizeof(T)), pinned: true);
            _start = CacheLine.FirstIndex(_array);
        }

        return _array.AsSpan(_start, length);
    }
}
