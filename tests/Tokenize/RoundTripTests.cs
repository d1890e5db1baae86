using System.Buffers;
using System.Diagnostics;
using System.Text;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>Decoding restores every byte sequence.</summary>
public sealed class RoundTripTests
{
    /// <summary>Generous for a debug build on a busy machine: an optimised build takes 0.25 s for a megabyte, where
    /// quadratic work would take many minutes.</summary>
    private static readonly TimeSpan Linear = TimeSpan.FromSeconds(30);

    [Fact]
    public void All_byte_values_in_a_row_survive() => AssertComesBack([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);

    [Fact]
    public void All_pairs_of_bytes_survive()
    {
        var tokens = new ArrayBufferWriter<int>();
        var bytes = new ArrayBufferWriter<byte>();
        for (var pair = 0; pair < 1 << 16; pair++)
        {
            byte[] text = [(byte)(pair >> 8), (byte)pair];
            tokens.ResetWrittenCount();
            bytes.ResetWrittenCount();
            SmolLm2.Tokenizer.Encode(text, tokens);
            SmolLm2.Tokenizer.Decode(tokens.WrittenSpan, bytes);

            Assert.True(bytes.WrittenSpan.SequenceEqual(text), $"{pair:X4}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 100)]
    [InlineData(3, 65_537)]
    [InlineData(4, 300_000)]
    public void Random_bytes_survive(int seed, int length)
    {
        var text = new byte[length];
        new Random(seed).NextBytes(text);

        AssertComesBack(text);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("61C3")]
    [InlineData("C0AF")]
    [InlineData("E0809F")]
    [InlineData("EDA080EDB080")]
    [InlineData("F09F99")]
    [InlineData("F4908080")]
    [InlineData("F8888080806162")]
    [InlineData("FFFE68006900")]
    [InlineData("E697A5E69CE8AA9E")]
    public void Invalid_utf8_survives(string hex) => AssertComesBack(Convert.FromHexString(hex));

    [Theory]
    [InlineData("one\r\ntwo\r\n\r\n\r\nthree\r")]
    [InlineData("a\n\rb\n\n \n")]
    [InlineData("\ufefftext")]
    [InlineData("\0")]
    public void Line_ends_and_marks_survive(string text) => AssertComesBack(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("<|endoftext|>")]
    [InlineData("<|im_start|>user\nhi<|im_end|>")]
    [InlineData("<empty_output><gh_stars>")]
    public void The_names_of_special_tokens_are_ordinary_text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        AssertComesBack(bytes);
        Assert.DoesNotContain(SmolLm2.Encode(bytes), token => SmolLm2.Tokenizer.Bytes(token).IsEmpty);
    }

    [Theory]
    [InlineData((byte)'a', 1 << 20)]
    [InlineData((byte)' ', 1 << 18)]
    [InlineData((byte)'\n', 1 << 18)]
    [InlineData((byte)'-', 1 << 18)]
    [InlineData((byte)0xFF, 1 << 18)]
    public void A_long_run_of_one_byte_takes_linear_time_and_comes_back(byte value, int length)
    {
        var text = new byte[length];
        text.AsSpan().Fill(value);
        var watch = Stopwatch.StartNew();

        AssertComesBack(text);

        Assert.True(watch.Elapsed < Linear, $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void A_word_around_the_longest_length_comes_back(int difference)
    {
        var text = new string('é', (WordSplitter.MaxWordLength / 2) + difference) + " end";

        AssertComesBack(Encoding.UTF8.GetBytes(text));
        AssertComesBack(Encoding.UTF8.GetBytes("x" + text));
    }

    private static void AssertComesBack(byte[] text) =>
        Assert.True(SmolLm2.Decode(SmolLm2.Encode(text)).AsSpan().SequenceEqual(text));
}
