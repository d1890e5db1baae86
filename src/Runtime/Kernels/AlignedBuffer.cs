using System.Numerics;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Memory that grows to the largest request and is kept. It starts at a cache line. Its capacity doubles: growing to each length
/// would allocate 128 times in a window of 8,192 positions, and keep 180 MB of outgrown arrays until a full collection.
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
            var capacity = checked((int)BitOperations.RoundUpToPowerOf2((uint)length));
            _array = GC.AllocateUninitializedArray<T>(capacity + (CacheLine.Size / sizeof(T)), pinned: true);
            _start = CacheLine.FirstIndex(_array);
            _length = capacity;
        }

        return _array.AsSpan(_start, length);
    }
}
