namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Hash table of bit histories. A slot of 16 bytes serves one context and half a byte of the input: a check byte and the
/// 15 nodes of the binary tree of four bits.
/// </summary>
/// <remarks>One cache line per context and nibble is what makes a context-mixing coder fast (lpaq1, Mahoney 2007).</remarks>
internal sealed class HistoryTable
{
    /// <summary>Bytes of a slot, as a power of two.</summary>
    public const int SlotBits = 4;

    private const int SlotSize = 1 << SlotBits;
    private readonly byte[] _states;
    private readonly int _slotMask;
    private byte _touched;

    /// <summary>Makes an empty table.</summary>
    /// <param name="bits">log2 of its bytes, 8..30.</param>
    public HistoryTable(int bits)
    {
        _states = new byte[1 << bits];
        _slotMask = (1 << (bits - SlotBits)) - 1;
    }

    /// <summary>All slots.</summary>
    public Span<byte> States => _states;

    /// <summary>Finds the slots of several contexts, or makes room for them in place of those with the least evidence.</summary>
    /// <param name="hashes">Hashes of the contexts: low bits choose the slot, the top byte is the check.</param>
    /// <param name="slots">Gets the index of each slot's first byte; node n (1..15) is n bytes further.</param>
    public void Find(ReadOnlySpan<uint> hashes, Span<int> slots)
    {
        // Reading every slot before any decision lets the processor wait for all cache misses at once: decisions depend
        // on what was read, and each wrongly predicted one would wait for its own.
        byte touched = 0;
        for (int i = 0; i < hashes.Length; i++)
        {
            touched ^= _states[(int)(hashes[i] & (uint)_slotMask) << SlotBits];
        }

        _touched = touched;
        for (int i = 0; i < hashes.Length; i++)
        {
            slots[i] = Find(hashes[i]);
        }
    }

    private int Find(uint hash)
    {
        byte check = (byte)(hash >> 24);
        int first = (int)(hash & (uint)_slotMask) << SlotBits;
        int second = first ^ SlotSize;
        int third = first ^ (2 * SlotSize);
        var states = _states;
        if (states[first] == check)
        {
            return first;
        }

        if (states[second] == check)
        {
            return second;
        }

        if (states[third] == check)
        {
            return third;
        }

        // State numbers grow with evidence, so the root's state is the slot's worth.
        int victim = first;
        if (states[second + 1] < states[victim + 1])
        {
            victim = second;
        }

        if (states[third + 1] < states[victim + 1])
        {
            victim = third;
        }

        states.AsSpan(victim, SlotSize).Clear();
        states[victim] = check;
        return victim;
    }
}
