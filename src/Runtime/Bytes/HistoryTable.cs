using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NacrithOnnx.Runtime.Kernels;

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

    private const uint SlotSize = 1 << SlotBits;
    private readonly byte[] _memory;
    private readonly int _start;
    private readonly int _slotMask;

    /// <summary>Makes an empty table.</summary>
    /// <param name="bits">log2 of its bytes, 8..30.</param>
    public HistoryTable(int bits)
    {
        // The three places of a context are in one line of the cache, if only the table begins with one.
        _memory = GC.AllocateArray<byte>((1 << bits) + CacheLine.Size, pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) & (CacheLine.Size - 1));
        _slotMask = (1 << (bits - SlotBits)) - 1;
    }

    /// <summary>The first byte of the table, moved by <paramref name="node"/>: a slot further lies that node of it.</summary>
    /// <param name="node">0 for the check, 1..15 for a node.</param>
    public ref byte Node(int node) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _start + node);

    /// <summary>Tells the processor which slots will be wanted, so that it waits for memory while there is other work.</summary>
    /// <param name="hashes">As in <see cref="Find(ReadOnlySpan{uint}, Span{int})"/>.</param>
    public void Prefetch(ReadOnlySpan<uint> hashes)
    {
        ref var states = ref Node(0);
        foreach (var hash in hashes)
        {
            CacheLine.Prefetch(ref Unsafe.Add(ref states, First(hash)));
        }
    }

    /// <summary>Finds the slots of several contexts, or makes room for them in place of those with the least evidence.</summary>
    /// <param name="hashes">Hashes of the contexts: low bits choose the slot, the top byte is the check.</param>
    /// <param name="slots">Gets the index of each slot's first byte; node n (1..15) is n bytes further.</param>
    public void Find(ReadOnlySpan<uint> hashes, Span<int> slots)
    {
        ref var states = ref Node(0);
        slots = slots[..hashes.Length];
        for (var i = 0; i < hashes.Length; i++)
        {
            var check = hashes[i] >> 24;
            var first = First(hashes[i]);

            // Without a branch for each place: which of them it is nobody can guess.
            var notFirst = Unsafe.Add(ref states, first) != check ? 1u : 0;
            var notSecond = Unsafe.Add(ref states, first ^ SlotSize) != check ? notFirst : 0;
            var notThird = Unsafe.Add(ref states, first ^ (2 * SlotSize)) != check ? notSecond : 0;
            slots[i] = (int)(notThird == 0 ? first ^ ((notFirst + notSecond) << SlotBits) : Replace(ref states, first, check));
        }
    }

    private static uint Replace(ref byte states, uint first, uint check)
    {
        // State numbers grow with evidence, so the root's state is the slot's worth.
        var victim = first;
        for (var other = SlotSize; other <= 2 * SlotSize; other += SlotSize)
        {
            if (Unsafe.Add(ref states, (first ^ other) + 1) < Unsafe.Add(ref states, victim + 1))
            {
                victim = first ^ other;
            }
        }

        Unsafe.WriteUnaligned(ref Unsafe.Add(ref states, victim), Vector128.CreateScalar((byte)check));
        return victim;
    }

    private uint First(uint hash) => (hash & (uint)_slotMask) << SlotBits;
}
