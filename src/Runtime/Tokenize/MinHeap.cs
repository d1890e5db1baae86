namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Binary heap of numbers, lowest first, in the caller's memory.</summary>
/// <param name="entries">Space for the largest number of entries at any time.</param>
internal ref struct MinHeap(Span<uint> entries)
{
    private readonly Span<uint> _entries = entries;
    private int _count;

    /// <summary>Adds an entry.</summary>
    public void Push(uint entry)
    {
        var at = _count++;
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (_entries[parent] <= entry)
            {
                break;
            }

            _entries[at] = _entries[parent];
            at = parent;
        }

        _entries[at] = entry;
    }

    /// <summary>Removes the lowest entry.</summary>
    /// <returns>False when the heap is empty.</returns>
    public bool TryPop(out uint lowest)
    {
        if (_count == 0)
        {
            lowest = 0;
            return false;
        }

        lowest = _entries[0];
        var last = _entries[--_count];
        var at = 0;
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && _entries[child + 1] < _entries[child])
            {
                child++;
            }

            if (_entries[child] >= last)
            {
                break;
            }

            _entries[at] = _entries[child];
            at = child;
        }

        _entries[at] = last;
        return true;
    }
}
