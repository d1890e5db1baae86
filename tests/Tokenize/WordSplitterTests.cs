using System.Text;
using System.Text.RegularExpressions;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>The hand-written splitter agrees with the patterns it stands for.</summary>
public sealed class WordSplitterTests
{
    private static readonly Regex Numbers = new(@"\p{N}|\P{N}+", RegexOptions.CultureInvariant);

    internal static readonly Regex Gpt2 = new(
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant);

    private static readonly string[] Alphabet =
    [
        "a", "é", "日", "ǅ", "ª", "s", "t", "r", "e", "v", "l", "m", "d", "'", "'", "1", "٣", "²", "Ⅷ", " ", " ", " ",
        "\n", "\r", "\t", "\u00a0", "\u0085", "\u2028", "\u3000", "\u200b", "\u0301", "!", "_", "🙂", "\0",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_text_is_cut_as_by_the_patterns(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(random.GetItems(Alphabet, random.Next(20)));
            var expected = Numbers.Matches(text)
                .SelectMany(piece => Gpt2.Matches(piece.Value))
                .Select(word => word.Value);

            Assert.Equal(expected, Words(Encoding.UTF8.GetBytes(text)).Select(Encoding.UTF8.GetString));
        }
    }

    [Fact]
    public void Each_byte_that_is_not_utf8_is_one_other_character()
    {
        byte[] text = [(byte)'a', 0xE6, 0x97, (byte)'b', (byte)' ', 0xFF, (byte)'!'];

        Assert.Equal([[(byte)'a'], [0xE6, 0x97], [(byte)'b'], [(byte)' ', 0xFF, (byte)'!']], Words(text));
    }

    [Fact]
    public void A_longer_word_is_cut_at_the_longest_length()
    {
        var text = new byte[WordSplitter.MaxWordLength + 1];
        text.AsSpan().Fill((byte)'a');

        Assert.Equal([WordSplitter.MaxWordLength, 1], Words(text).Select(word => word.Length));
    }

    private static List<byte[]> Words(byte[] text)
    {
        var words = new List<byte[]>();
        for (var start = 0; start < text.Length; start += words[^1].Length)
        {
            words.Add(text[start..(start + WordSplitter.FirstWordLength(text.AsSpan(start)))]);
        }

        return words;
    }
}
