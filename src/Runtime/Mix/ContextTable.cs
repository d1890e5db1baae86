namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// The contexts of one order: a direct-mapped table of fixed size; the newest context replaces older ones.
/// </summary>
internal sealed class ContextTable
{
    private readonly ContextSlot[] _slots;
    private readonly int _bits;

    /// <summary>Creates an empty table.</summary>
    /// <param name="bits">log2 of the number of contexts, which take 64 bytes each.</param>
    internal ContextTable(int bits)
    {
        _bits = bits;
        _slots = new ContextSlot[1 << bits];
    }

    /// <summary>All slots, for references that outlive a call and for hashing the state.</summary>
    internal Span<ContextSlot> Slots => _slots;

    /// <summary>Index of the slot that holds a context, or −1.</summary>
    internal int Find(uint hash)
    {
        var index = ContextHash.Index(hash, _bits);
        ref readonly var slot = ref _slots[index];
        return slot.Total != 0 && slot.Check == hash ? index : -1;
    }

    /// <summary>Counts a successor of a context.</summary>
    internal void Count(uint hash, int token, float initial)
    {
        ref var slot = ref _slots[ContextHash.Index(hash, _bits)];
        if (slot.Check != hash)
        {
            slot = new ContextSlot { Check = hash };
        }

        slot.Count(token, initial);
    }
}
