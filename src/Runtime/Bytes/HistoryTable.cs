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

    /// <summary>Makes an empty table.</summary>
    /// <param name="bits">log2 of its bytes, 8..30.</param>
    public HistoryTable(int bits)
    {
        _states = new byte[1 << bits];
        _slotMask = (1 << (bits - SlotBits)) - 1;
    }

    /// <summary>All slots.</summary>
    public Span<byte> States => _states;

    /// <summary>Finds the slot of a context, or makes room for it in place of the one with the least evidence.</summary>
    /// <param name="hash">Hash of the context: low bits choose the slot, the top byte is the check.</param>
    /// <returns>Index of the slot's first byte; node n (1..15) is n bytes further.</returns>
    public int Find(uint hash)
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
