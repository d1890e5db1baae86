using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>tokenizer.bin, good and damaged.</summary>
public sealed class TokenizerFileTests
{
    // Ids: 2 special tokens, byte b as b + 2, then "ab" as 258 and "abc" as 259.
    private static readonly TokenizerDefinition Good =
        new(2, 0, 1, AllBytes(), new[] { Pair('a' + 2, 'b' + 2), Pair(258, 'c' + 2) });

    [Fact]
    public void Writing_what_was_read_gives_the_same_file() =>
        Assert.True(SmolLm2.File.AsSpan().SequenceEqual(TokenizerFile.Write(TokenizerFile.Read(SmolLm2.File))));

    [Fact]
    public void A_small_tokenizer_works()
    {
        var tokenizer = Tokenizer.Load(TokenizerFile.Write(Good));

        Assert.Equal(260, tokenizer.VocabularySize);
        Assert.Equal("ab"u8, tokenizer.Bytes(258));
        Assert.Equal("abc"u8, tokenizer.Bytes(259));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = TokenizerFile.Write(Good);
        for (var length = 0; length < file.Length; length++)
        {
            AssertRefused(file.AsSpan(0, length));
        }
    }

    [Fact]
    public void Truncations_of_the_real_file_are_refused()
    {
        // A prime step meets every remainder of the records' length.
        for (var length = SmolLm2.File.Length - 1; length >= 0; length -= 997)
        {
            AssertRefused(SmolLm2.File.AsSpan(0, length));
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_refused() => AssertRefused([.. SmolLm2.File, 0]);

    [Fact]
    public void Every_flipped_bit_of_a_small_file_is_refused()
    {
        var file = TokenizerFile.Write(Good);
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(file);
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Flipped_bits_of_the_real_file_are_refused()
    {
        var file = SmolLm2.File.ToArray();
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var at = random.Next(file.Length);
            var bit = (byte)(1 << random.Next(8));
            file[at] ^= bit;
            AssertRefused(file);
            file[at] ^= bit;
        }
    }

    [Fact]
    public void A_definition_that_breaks_a_rule_is_refused()
    {
        var doubling = Enumerable.Range(257, 40).Select(token => Pair(token, token));
        TokenizerDefinition[] broken =
        [
            Good with { StartToken = 2 },
            Good with { StartToken = -1 },
            Good with { EscapeToken = 0 },
            Good with { EscapeToken = 2 },
            Good with { SpecialTokens = 0 },
            Good with { SpecialTokens = 65_536 },
            Good with { ByteTokens = new byte[] { 1, 1 } },
            Good with { ByteTokens = AllBytes().AsMemory(0, 229) },
            Good with { ByteTokens = AllBytes().Where(value => value != 'A').ToArray() },
            Good with { Merges = new[] { Pair(0, 'a') } },
            Good with { Merges = new[] { Pair('a', 258) } },
            Good with { Merges = new[] { Pair(300, 'a') } },
            Good with { Merges = doubling.ToArray() },
        ];

        Assert.All(broken, definition =>
            Assert.Throws<EnvironmentException>(() => TokenizerFile.Write(definition)));
    }

    [Fact]
    public void A_merge_that_is_there_twice_is_refused()
    {
        var file = TokenizerFile.Write(Good with { Merges = new[] { Pair('a', 'b'), Pair('a', 'b') } });

        AssertRefused(file);
    }

    private static uint Pair(int left, int right) => TokenizerDefinition.Pair(left, right);

    private static byte[] AllBytes() => [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static void AssertRefused(ReadOnlySpan<byte> file)
    {
        var copy = file.ToArray();
        Assert.Throws<EnvironmentException>(() => Tokenizer.Load(copy));
    }
}
