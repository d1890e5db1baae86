namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// The contexts of one order: a direct-mapped table of fixed size; the newest context replaces older ones.
/// </summary>
internal sealed class ContextTable
{
    /// <summary>
    /// log2 of the slots of a page, 3.75 KiB. A message of 30 tokens changes about 30 pages of 1,024, so going back to the
    /// state before it takes microseconds.
    /// </summary>
    private const int PageBits = 6;

    private readonly ContextSlot[] _slots;
    private readonly int _bits;

    /// <summary>Pages that differ from the state last reset to.</summary>
    private readonly bool[] _changed;

    /// <summary>Makes an empty table.</summary>
    /// <param name="bits">log2 of the number of contexts; 60 bytes each.</param>
    internal ContextTable(int bits)
    {
        _bits = bits;
        _slots = new ContextSlot[1 << bits];
        _changed = new bool[Math.Max(_slots.Length >> PageBits, 1)];
    }

    /// <summary>All slots.</summary>
    internal ReadOnlySpan<ContextSlot> Slots => _slots;

    /// <summary>Index of the slot that holds a context, or −1.</summary>
    internal int Find(uint hash)
    {
        var index = ContextHash.Index(hash, _bits);
        ref readonly var slot = ref _slots[index];
        return slot.Total != 0 && slot.Check == hash ? index : -1;
    }

    /// <summary>The log-odds of an entry, to be changed.</summary>
    internal ref float LogOdds(int slot, int way)
    {
        _changed[slot >> PageBits] = true;
        return ref _slots[slot].Successors[way].LogOdds;
    }

    /// <summary>Counts a successor of a context.</summary>
    internal void Count(uint hash, int token, float initial)
    {
        var index = ContextHash.Index(hash, _bits);
        _changed[index >> PageBits] = true;
        ref var slot = ref _slots[index];
        if (slot.Check != hash)
        {
            slot = new ContextSlot { Check = hash };
        }

        slot.Count(token, initial);
    }

    /// <summary>Takes the state of another table of the same size, or empties this one.</summary>
    /// <param name="origin">The other table, or null.</param>
    /// <param name="onlyChanges">Whether it is the one last reset to, and has not changed since.</param>
    internal void ResetTo(ContextTable? origin, bool onlyChanges)
    {
        var length = _slots.Length / _changed.Length;
        for (var page = 0; page < _changed.Length; page++)
        {
            if (onlyChanges && !_changed[page])
            {
                continue;
            }

            var slots = _slots.AsSpan(page * length, length);
            if (origin is null)
            {
                slots.Clear();
            }
            else
            {
                origin._slots.AsSpan(page * length, length).CopyTo(slots);
            }

            _changed[page] = false;
        }
    }
}
