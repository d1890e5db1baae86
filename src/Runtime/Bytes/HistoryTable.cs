using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Hash table of bit histories. A slot of 16 bytes holds one context for half a byte of the input: a check byte and the
/// 15 nodes of the binary tree of four bits.
/// </summary>
/// <remarks>
/// One cache line per context and nibble is what makes a context-mixing coder fast (lpaq1, Mahoney 2007).
/// </remarks>
internal sealed class HistoryTable
{
    /// <summary>Bytes of a slot, as a power of two.</summary>
    public const int SlotBits = 4;

    private const uint SlotSize = 1 << SlotBits;
    private readonly byte[] _memory;
    private readonly int _start;
    private readonly int _slotMask;

    /// <summary>Creates an empty table.</summary>
    /// <param name="bits">log2 of its size in bytes, 8..30.</param>
    public HistoryTable(int bits)
    {
        // If the table starts at a cache line, the three possible slots of a context are in one line.
        _memory = GC.AllocateArray<byte>((1 << bits) + CacheLine.Size, pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) & (CacheLine.Size - 1));
        _slotMask = (1 << (bits - SlotBits)) - 1;
    }

    /// <summary>
    /// The byte of the table at <paramref name="node"/>: adding a slot's offset gives that node of the slot.
    /// </summary>
    /// <param name="node">0 for the check, 1..15 for a node.</param>
    public ref byte Node(int node) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _start + node);

    /// <summary>Prefetches the slots that are needed next, so that memory is read during other work.</summary>
    /// <param name="hashes">As in <see cref="Find(ReadOnlySpan{uint}, Span{int})"/>.</param>
    public void Prefetch(ReadOnlySpan<uint> hashes)
    {
        foreach (var hash in hashes)
        {
            Prefetch(hash);
        }
    }

    /// <summary>Prefetches the slot of one context.</summary>
    public void Prefetch(uint hash) => CacheLine.Prefetch(ref Unsafe.Add(ref Node(0), First(hash)));

    /// <summary>
    /// Finds the slots of several contexts; a context without a slot replaces the candidate with the least evidence.
    /// </summary>
    /// <param name="hashes">Hashes of the contexts: low bits choose the slot, the top byte is the check.</param>
    /// <param name="slots">Receives the index of each slot's first byte; node n (1..15) is n bytes further.</param>
    public void Find(ReadOnlySpan<uint> hashes, Span<int> slots)
    {
        ref var states = ref Node(0);
        slots = slots[..hashes.Length];
        for (var i = 0; i < hashes.Length; i++)
        {
            var check = hashes[i] >> 24;
            var first = First(hashes[i]);

            // Without a branch per candidate: it would be unpredictable.
            var notFirst = Unsafe.Add(ref states, first) != check ? 1u : 0;
            var notSecond = Unsafe.Add(ref states, first ^ SlotSize) != check ? notFirst : 0;
            var notThird = Unsafe.Add(ref states, first ^ (2 * SlotSize)) != check ? notSecond : 0;
            slots[i] = (int)(notThird == 0 ? first ^ ((notFirst + notSecond) << SlotBits) : Replace(ref states, first, check));
        }
    }

    private static uint Replace(ref byte states, uint first, uint check)
    {
        // State numbers grow with evidence, so the root's state measures the slot's value.
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
