using System.Buffers;
using System.Text;

namespace NacrithOnnx.Runtime.Tokenize;

/// <summary>Class of each character, from <see cref="UnicodeRanges"/>.</summary>
internal static class CharacterClasses
{
    /// <summary>First byte value that is not a complete character in UTF-8.</summary>
    private const int FirstNonAscii = 0x80;

    /// <summary>One past the last code point that is not <see cref="CharacterClass.Other"/> (the end of CJK extension
    /// G): a flat table up to here is 197 KiB, and a lookup is one load, whatever the script.</summary>
    private const int TableLength = 0x3134B;

    private static readonly CharacterClass[] Table = Build();

    /// <summary>Class and length of the character that begins <paramref name="text"/>.</summary>
    /// <param name="text">At least one byte. A byte that does not begin a well-formed UTF-8 sequence is a
    /// character of one byte, of class <see cref="CharacterClass.Other"/>.</param>
    /// <param name="length">Length of the character in bytes, 1 to 4.</param>
    public static CharacterClass First(ReadOnlySpan<byte> text, out int length)
    {
        var first = text[0];
        if (first < FirstNonAscii)
        {
            length = 1;
            return Table[first];
        }

        if (Rune.DecodeFromUtf8(text, out var rune, out length) != OperationStatus.Done)
        {
            length = 1;
            return CharacterClass.Other;
        }

        var table = Table;
        return (uint)rune.Value < (uint)table.Length ? table[rune.Value] : CharacterClass.Other;
    }

    /// <summary>Length in bytes of the longest run of characters of one class that begins <paramref name="text"/>.
    /// </summary>
    public static int RunLength(ReadOnlySpan<byte> text, CharacterClass wanted)
    {
        var table = Table;
        var position = 0;
        while (position < text.Length)
        {
            var first = text[position];
            if (first < FirstNonAscii)
            {
                if (table[first] != wanted)
                {
                    break;
                }

                position++;
                continue;
            }

            if (First(text[position..], out var length) != wanted)
            {
                break;
            }

            position += length;
        }

        return position;
    }

    private static CharacterClass[] Build()
    {
        var table = new CharacterClass[TableLength];
        Fill(table, UnicodeRanges.Letters, CharacterClass.Letter);
        Fill(table, UnicodeRanges.Numbers, CharacterClass.Number);
        Fill(table, UnicodeRanges.WhiteSpace, CharacterClass.Space);
        return table;
    }

    private static void Fill(Span<CharacterClass> table, ReadOnlySpan<int> ranges, CharacterClass value)
    {
        for (var i = 0; i < ranges.Length; i += 2)
        {
            table[ranges[i]..(ranges[i + 1] + 1)].Fill(value);
        }
    }
}
