using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Turns the bytes so far into one hash per context, for the models of the next byte.</summary>
internal sealed class ContextHasher
{
    /// <summary>Number of contexts.</summary>
    public const int Count = 16;

    /// <summary>The first contexts are plain orders, short to long.</summary>
    public const int Orders = 5;

    /// <summary>The context that <see cref="Expect"/> computes.</summary>
    private const int Expectation = 7;

    private const uint Multiplier1 = 0x9E3779B1;
    private const uint Multiplier2 = 0x85EBCA6B;

    /// <summary>The last two bytes that followed each pair of bytes: the context of the indirect model.</summary>
    private readonly ushort[] _followers = new ushort[1 << 16];

    private readonly RecordFinder _records = new();
    private readonly CharacterTracker _characters = new();
    private ulong _last8;
    private uint _word;
    private uint _previousWord;
    private int _lineStart;
    private int _previousLineStart;

    /// <summary>The last four bytes, the latest in the low byte.</summary>
    public uint Last4 => (uint)_last8;

    /// <summary>Position in the record, 0..15, which selects weights of the mixer.</summary>
    public int RecordPhase { get; private set; }

    /// <summary>
    /// Adds the latest byte and computes the hashes for the next one, except that of <see cref="Expect"/>.
    /// </summary>
    /// <param name="history">All bytes so far; may be empty.</param>
    /// <param name="hashes">Receives <see cref="Count"/> hashes.</param>
    public void BeginByte(ReadOnlySpan<byte> history, Span<uint> hashes)
    {
        if (history.Length > 0)
        {
            Learn(history);
        }

        var position = history.Length;
        var last8 = _last8;
        var last4 = (uint)last8;
        var c1 = last4 & 0xFF;
        var i = 0;

        // Orders 1 to 4 and 6.
        hashes[i++] = Hash(1, c1);
        hashes[i++] = Hash(2, last4 & 0xFFFF);
        hashes[i++] = Hash(3, last4 & 0xFF_FFFF);
        hashes[i++] = Hash(4, last4);
        hashes[i++] = Hash(6, last4, (uint)(last8 >> 32) & 0xFFFF);

        // Words of text; then a slot for the hash of the match model's expectation.
        hashes[i++] = Hash(8, _word, c1);
        hashes[i++] = Hash(9, _word, _previousWord);
        hashes[i++] = 0;

        // Sparse contexts: operands and fields between bytes that vary.
        hashes[i++] = Hash(11, last4 & 0x00FF_FF00);
        hashes[i++] = Hash(12, last4 & 0xFF00_FF00);
        hashes[i++] = Hash(13, last4 & 0xF0F0_F0FF);

        // Records: the byte above, and the column; then the position in words of two or four bytes.
        var length = _records.Length;
        var column = (uint)(position % length);
        RecordPhase = (int)Math.Min(column, 15);
        hashes[i++] = Hash(15, At(history, length) | (column << 8), (uint)length);
        hashes[i++] = Hash(23, c1, (uint)position & 3);

        // Lines: the byte above in the previous line of a table of text.
        var lineColumn = position - _lineStart;
        var aboveAt = _previousLineStart + lineColumn;
        var aboveInLine = aboveAt < _lineStart ? history[aboveAt] : 0u;
        hashes[i++] = Hash(16, aboveInLine | (c1 << 8), (uint)Math.Min(lineColumn, 255));

        // Indirect: the bytes that followed the last two occurrences.
        hashes[i++] = Hash(18, last4 & 0xFFFF, _followers[last4 & 0xFFFF]);

        // UTF-8: the current character so far; no context between characters.
        hashes[i] = Hash(19, _characters.Place);
    }

    /// <summary>
    /// Computes the hash of the match model's expectation, which is known later: the other contexts are looked up
    /// meanwhile.
    /// </summary>
    /// <param name="expected">The expected byte with a leading one; 0 if none.</param>
    /// <param name="lengthClass">Class of the match length.</param>
    /// <param name="hashes">Receives this hash.</param>
    /// <returns>The hash.</returns>
    public uint Expect(int expected, int lengthClass, Span<uint> hashes) =>
        hashes[Expectation] = Hash(10, (uint)expected | ((uint)lengthClass << 9), Last4 & 0xFF);

    /// <summary>Mixes the bits of the first nibble into all hashes, for the slots of the second.</summary>
    public static void AddNibble(Span<uint> hashes, int partial)
    {
        foreach (ref var hash in MemoryMarshal.Cast<uint, Vector128<uint>>(hashes))
        {
            hash = Finish(hash + Vector128.Create((uint)partial * Multiplier2));
        }
    }

    private void Learn(ReadOnlySpan<byte> history)
    {
        var value = history[^1];
        var before = (uint)_last8;
        ref var followers = ref _followers[before & 0xFFFF];
        followers = (ushort)((followers << 8) | value);
        _last8 = (_last8 << 8) | value;
        _records.Add(value, history.Length);
        _characters.Add(value);
        if (value == '\n')
        {
            _previousLineStart = _lineStart;
            _lineStart = history.Length;
        }

        if (char.IsAsciiLetterOrDigit((char)value) || value >= 0x80)
        {
            _word = (_word + value + 1) * Multiplier1;
        }
        else if (_word != 0)
        {
            _previousWord = _word;
            _word = 0;
        }
    }

    private static uint At(ReadOnlySpan<byte> history, int back) => back <= history.Length ? history[^back] : 0u;

    private static uint Hash(uint salt, uint a, uint b = 0) =>
        Finish((a * Multiplier1) + BitOperations.RotateLeft(b * Multiplier2, 13) + (salt * 0xC2B2AE35));

    private static Vector128<uint> Finish(Vector128<uint> hash)
    {
        hash ^= hash >> 15;
        hash *= Multiplier2;
        hash ^= hash >> 13;
        hash *= Multiplier1;
        return hash ^ (hash >> 16);
    }

    private static uint Finish(uint hash)
    {
        hash ^= hash >> 15;
        hash *= Multiplier2;
        hash ^= hash >> 13;
        hash *= Multiplier1;
        return hash ^ (hash >> 16);
    }
}
