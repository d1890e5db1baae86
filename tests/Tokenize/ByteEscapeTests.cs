using System.Buffers;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>Bytes without a token.</summary>
public sealed class ByteEscapeTests
{
    private const string BytesWithoutToken = "04061314161DC0C1F1F2F5F6F7F8F9FAFBFCFDFEFF";

    private static int Escape => SmolLm2.Tokenizer.EscapeToken;

    [Fact]
    public void A_byte_without_a_token_is_the_escape_and_a_letter()
    {
        var bytes = Convert.FromHexString(BytesWithoutToken);
        for (var i = 0; i < bytes.Length; i++)
        {
            var letter = SmolLm2.Encode([(byte)('A' + i)]);

            Assert.Equal([Escape, .. letter], SmolLm2.Encode([bytes[i]]));
        }
    }

    [Fact]
    public void Every_other_byte_is_one_token_of_that_byte()
    {
        var bytes = Convert.FromHexString(BytesWithoutToken);
        for (var value = 0; value < 256; value++)
        {
            if (!bytes.Contains((byte)value))
            {
                var token = Assert.Single(SmolLm2.Encode([(byte)value]));
                Assert.Equal([(byte)value], SmolLm2.Tokenizer.Bytes(token).ToArray());
            }
        }
    }

    [Fact]
    public void An_escape_splits_what_may_merge_and_nothing_else()
    {
        int[] expected = [.. SmolLm2.Encode("hello"u8), .. SmolLm2.Encode([0xFF]), .. SmolLm2.Encode("world"u8)];

        Assert.Equal(expected, SmolLm2.Encode([.. "hello"u8, 0xFF, .. "world"u8]));
    }

    [Fact]
    public void An_escape_may_be_cut_between_two_parts()
    {
        var tokens = SmolLm2.Encode([(byte)'a', 0xF5, (byte)'b']);
        var bytes = new ArrayBufferWriter<byte>();
        var detokenizer = new Detokenizer(SmolLm2.Tokenizer);
        foreach (var token in tokens)
        {
            detokenizer.Write([token], bytes);
        }

        detokenizer.Complete();

        Assert.Equal([(byte)'a', 0xF5, (byte)'b'], bytes.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_name_that_names_no_byte_is_refused()
    {
        AssertCorrupt([Escape, .. SmolLm2.Encode("V"u8)]);
        AssertCorrupt([Escape, .. SmolLm2.Encode("@"u8)]);
        AssertCorrupt([Escape, .. SmolLm2.Encode("hello"u8)]);
        AssertCorrupt([Escape, Escape]);
        AssertCorrupt([Escape, SmolLm2.Tokenizer.StartToken]);
    }

    [Fact]
    public void Half_an_escape_at_the_end_is_refused() => AssertCorrupt([Escape]);

    [Fact]
    public void Other_special_tokens_and_ids_beyond_the_vocabulary_are_refused()
    {
        for (var token = 0; token < 17; token++)
        {
            AssertCorrupt([token]);
        }

        AssertCorrupt([-1]);
        AssertCorrupt([SmolLm2.Tokenizer.VocabularySize]);
    }

    private static void AssertCorrupt(int[] tokens) =>
        Assert.Throws<CorruptArchiveException>(() => SmolLm2.Decode(tokens));
}
