using System.Globalization;
using System.Text;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>The committed Unicode table is sound.</summary>
public sealed class UnicodeRangesTests
{
    /// <summary>End of Latin Extended-B: fully assigned since Unicode 5.0, so every version agrees on it.</summary>
    private const int EndOfOldBlocks = 0x250;

    [Fact]
    public void Ranges_are_in_order_and_apart_and_of_the_stated_size()
    {
        Assert.Equal(131_756, CodePoints(UnicodeRanges.Letters).Count);
        Assert.Equal(1_791, CodePoints(UnicodeRanges.Numbers).Count);
        Assert.Equal(25, CodePoints(UnicodeRanges.WhiteSpace).Count);
    }

    [Fact]
    public void What_the_table_names_is_so_in_the_runtime_too()
    {
        Assert.All(CodePoints(UnicodeRanges.Letters), value => Assert.True(IsLetter(value), $"{value:X}"));
        Assert.All(CodePoints(UnicodeRanges.Numbers), value => Assert.True(IsNumber(value), $"{value:X}"));
        Assert.All(CodePoints(UnicodeRanges.WhiteSpace), value => Assert.True(Rune.IsWhiteSpace(new Rune(value))));
    }

    [Fact]
    public void Every_character_of_the_old_blocks_has_the_class_that_the_runtime_gives()
    {
        for (var value = 0; value < EndOfOldBlocks; value++)
        {
            var expected = IsLetter(value) ? CharacterClass.Letter
                : IsNumber(value) ? CharacterClass.Number
                : Rune.IsWhiteSpace(new Rune(value)) ? CharacterClass.Space
                : CharacterClass.Other;

            Assert.Equal(expected, CharacterClasses.First(Encoding.UTF8.GetBytes(((char)value).ToString()), out _));
        }
    }

    [Theory]
    [InlineData(0x3134A, CharacterClass.Letter)]
    [InlineData(0x3134B, CharacterClass.Other)]
    [InlineData(0x1FBF9, CharacterClass.Number)]
    [InlineData(0x10FFFF, CharacterClass.Other)]
    internal void The_ends_of_the_table_are_right(int value, CharacterClass expected)
    {
        var text = Encoding.UTF8.GetBytes(char.ConvertFromUtf32(value));

        Assert.Equal(expected, CharacterClasses.First(text, out var length));
        Assert.Equal(4, length);
    }

    private static List<int> CodePoints(ReadOnlySpan<int> ranges)
    {
        var values = new List<int>();
        for (var i = 0; i < ranges.Length; i += 2)
        {
            Assert.True(ranges[i] <= ranges[i + 1]);
            Assert.True(i == 0 || ranges[i] > ranges[i - 1]);
            values.AddRange(Enumerable.Range(ranges[i], ranges[i + 1] - ranges[i] + 1));
        }

        return values;
    }

    private static bool IsLetter(int value) => CharUnicodeInfo.GetUnicodeCategory(value) <= UnicodeCategory.OtherLetter;

    private static bool IsNumber(int value) =>
        CharUnicodeInfo.GetUnicodeCategory(value)
            is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
