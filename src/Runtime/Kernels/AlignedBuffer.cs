namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Memory that grows to the largest request and is kept. It starts at a cache line.</summary>
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
            _array = GC.AllocateUninitializedArray<T>(length + (CacheLine.Size / sizeof(T)), pinned: true);
            _start = CacheLine.FirstIndex(_array);
            _length = length;
        }

        return _array.AsSpan(_start, length);
    }
}
