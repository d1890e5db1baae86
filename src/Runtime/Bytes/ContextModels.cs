using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Predictions of all contexts for the next bit: each has a slot of bit histories, and a map from history to
/// probability.
/// </summary>
/// <remarks>
/// Half of the coder's time is spent here: sixteen contexts, eight times per byte. So the loops contain only look-ups,
/// by references that the table and the states keep in bounds, and arithmetic is done on all contexts at once.
/// </remarks>
internal sealed class ContextModels
{
    /// <summary>Number of contexts.</summary>
    public const int Count = ContextHasher.Count;

    /// <summary>
    /// Each context provides its log-odds and its plain probability, which separates confident from uncertain states.
    /// </summary>
    public const int InputCount = 2 * Count;

    private const uint HitLimit = 255;

    /// <summary>Offsets in <see cref="_looked"/> of the slots, states, cells and cell steps of the contexts.</summary>
    private const int Slots = 0;
    private const int States = Count;
    private const int Cells = 2 * Count;
    private const int Steps = 3 * Count;

    private readonly HistoryTable _table;
    private readonly uint[] _maps = new uint[Count * BitHistory.Count];

    /// <summary>
    /// Results of the look-ups for this bit: one array, so that a loop over all of it needs one register.
    /// </summary>
    private readonly int[] _looked = new int[4 * Count];

    /// <summary>Creates empty models.</summary>
    /// <param name="historyBits">log2 of the bytes for bit histories.</param>
    public ContextModels(int historyBits)
    {
        _table = new HistoryTable(historyBits);
        for (var i = 0; i < _maps.Length; i++)
        {
            _maps[i] = AdaptiveMap.Initial(BitHistory.Initial[i % BitHistory.Count]);
        }
    }

    /// <summary>Prefetches the slots that are needed next.</summary>
    /// <param name="hashes">As in <see cref="Select"/>.</param>
    public void Prefetch(ReadOnlySpan<uint> hashes) => _table.Prefetch(hashes);

    /// <summary>Prefetches the slot of one context.</summary>
    public void Prefetch(uint hash) => _table.Prefetch(hash);

    /// <summary>Selects the contexts' slots for the next half byte.</summary>
    /// <param name="hashes">One per context.</param>
    public void Select(ReadOnlySpan<uint> hashes) => _table.Find(hashes, _looked.AsSpan(Slots, Count));

    /// <summary>Looks up all contexts, and writes their log-odds.</summary>
    /// <param name="inputs"><see cref="InputCount"/> of them; <see cref="Complete"/> makes the rest.</param>
    /// <param name="node">Bits of the current half byte with a leading one, 1..15.</param>
    public void Look(Span<int> inputs, int node)
    {
        ref var nodes = ref _table.Node(node);
        ref var map = ref MemoryMarshal.GetArrayDataReference(_maps);
        ref var looked = ref MemoryMarshal.GetArrayDataReference(_looked);
        ref var stretch = ref MemoryMarshal.GetReference(Logistic.StretchEntries);
        ref var steps = ref MemoryMarshal.GetReference(AdaptiveMap.Steps);
        ref var logOdds = ref MemoryMarshal.GetReference(inputs[..InputCount]);
        for (nuint i = 0; i < Count; i++)
        {
            uint state = Unsafe.Add(ref nodes, Unsafe.Add(ref looked, i + Slots));
            var cell = Unsafe.Add(ref map, (i * BitHistory.Count) + state);
            Unsafe.Add(ref looked, i + States) = (int)state;
            Unsafe.Add(ref looked, i + Cells) = (int)cell;
            Unsafe.Add(ref looked, i + Steps) = Unsafe.Add(ref steps, cell & AdaptiveMap.CountMask);
            Unsafe.Add(ref logOdds, i) = Unsafe.Add(ref stretch, cell >> AdaptiveMap.StretchShift);
        }
    }

    /// <summary>
    /// Completes the inputs: all log-odds, then all plain probabilities, zeros if the context is new.
    /// </summary>
    /// <remarks>Not at once: a vector cannot be read until the numbers just written have reached the cache.</remarks>
    /// <param name="inputs">Those of <see cref="Look"/>.</param>
    /// <returns>Number of plain orders that have been seen before, 0..<see cref="ContextHasher.Orders"/>.</returns>
    public int Complete(Span<int> inputs)
    {
        ref var looked = ref MemoryMarshal.GetArrayDataReference(_looked);
        ref var logOdds = ref MemoryMarshal.GetReference(inputs[..InputCount]);
        uint known = 0;
        var half = Vector256.Create(1 << (Logistic.StretchBits - 1));
        for (nuint i = 0; i < Count; i += (nuint)Vector256<int>.Count)
        {
            var isNew = Vector256.Equals(Vector256.LoadUnsafe(ref looked, i + States), Vector256<int>.Zero);
            var p = Vector256.LoadUnsafe(ref looked, i + Cells) >>> AdaptiveMap.StretchShift;
            Vector256.AndNot((p - half) >> 1, isNew).StoreUnsafe(ref logOdds, Count + i);
            Vector256.AndNot(Vector256.LoadUnsafe(ref logOdds, i), isNew).StoreUnsafe(ref logOdds, i);
            known |= ~isNew.ExtractMostSignificantBits() << (int)i;
        }

        return BitOperations.PopCount(known & ((1 << ContextHasher.Orders) - 1));
    }

    /// <summary>Learns the actual bit.</summary>
    /// <param name="bit">0 or 1.</param>
    /// <param name="node">The node passed to <see cref="Look"/>.</param>
    public void Update(int bit, int node)
    {
        var cells = MemoryMarshal.Cast<int, uint>(_looked.AsSpan(Cells, Count));
        AdaptiveMap.UpdateAll(cells, _looked.AsSpan(Steps, Count), bit, HitLimit);
        ref var nodes = ref _table.Node(node);
        ref var map = ref MemoryMarshal.GetArrayDataReference(_maps);
        ref var looked = ref MemoryMarshal.GetArrayDataReference(_looked);
        ref var next = ref Unsafe.Add(ref MemoryMarshal.GetReference(BitHistory.Next), bit);
        for (nuint i = 0; i < Count; i++)
        {
            Unsafe.Add(ref map, (i * BitHistory.Count) + (uint)Unsafe.Add(ref looked, i + States)) = (uint)Unsafe.Add(ref looked, i + Cells);

            // Read again: two contexts may share a slot; then its state advances twice.
            ref var state = ref Unsafe.Add(ref nodes, Unsafe.Add(ref looked, i + Slots));
            state = Unsafe.Add(ref next, 2 * (uint)state);
        }
    }
}
