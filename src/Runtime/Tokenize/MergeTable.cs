using System.Numerics;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>From a pair of neighbouring tokens to the token that they merge into.</summary>
/// <remarks>Open addressing over ids alone; the list of merges, which is needed to check a hit, serves as the keys.
/// SmolLM2's 48,900 merges take 256 KiB of slots and 191 KiB of keys: both stay in the second-level cache.</remarks>
internal sealed class MergeTable
{
    /// <summary>Returned for a pair that does not merge: above every id, so that the minimum skips it.</summary>
    public const int None = int.MaxValue;

    /// <summary>Empty slot: id 0 is a special token, never made by a merge.</summary>
    private const ushort Empty = 0;

    /// <summary>Slots per merge, at least: a search that fails then looks at 2.5 slots in the mean at worst (Knuth,
    /// linear probing), and at 1.8 with SmolLM2's 2.7 slots per merge.</summary>
    private const int SlotsPerMerge = 2;

    /// <summary>2^32 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).</summary>
    private const uint HashFactor = 2654435769;

    private readonly ushort[] _slots;
    private readonly uint[] _pairs;
    private readonly int _firstMerged;
    private readonly int _shift;

    /// <summary>Makes the table of a definition that keeps <see cref="TokenizerRules"/>.</summary>
    /// <exception cref="EnvironmentException">Two merges join the same tokens.</exception>
    public MergeTable(TokenizerDefinition definition)
    {
        _pairs = definition.Merges.ToArray();
        _firstMerged = definition.FirstMergedToken;
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, _pairs.Length) * SlotsPerMerge);
        _slots = new ushort[size];
        _shift = 32 - BitOperations.Log2(size);
        for (var i = 0; i < _pairs.Length; i++)
        {
            var slot = Slot(_pairs[i]);
            while (_slots[slot] != Empty)
            {
                if (_pairs[_slots[slot] - _firstMerged] == _pairs[i])
                {
                    throw new EnvironmentException($"The tokenizer is not usable: merge {i} is there twice.");
                }

                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = (ushort)(_firstMerged + i);
        }
    }

    /// <summary>The token that two neighbours merge into, or <see cref="None"/>. A lower id has priority.</summary>
    public int Find(int left, int right)
    {
        var pair = TokenizerDefinition.Pair(left, right);
        var slots = _slots;
        var slot = Slot(pair);
        while (true)
        {
            int id = slots[slot];
            if (id == Empty)
            {
                return None;
            }

            if (_pairs[id - _firstMerged] == pair)
            {
                return id;
            }

            slot = (slot + 1) & (slots.Length - 1);
        }
    }

    private int Slot(uint pair) => (int)(pair * HashFactor >> _shift);
}
