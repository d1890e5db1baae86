using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Tests.Bytes;

namespace NacrithOnnx.Tests.Segment;

/// <summary>The choice of a coder by the size it gives, with a model of fixed cost.</summary>
public sealed class RegionTrialTests
{
    [Fact]
    public void A_text_that_the_model_makes_larger_goes_to_the_byte_coder()
    {
        var block = Letters(40000);

        Assert.Equal([new Stretch(RegionKind.Bytes, 0, block.Length)], Settle(block, new PricedModel(5.2)));
        Assert.Equal([new Stretch(RegionKind.Text, 0, block.Length)], Settle(block, new PricedModel(4.5)));
    }

    [Fact]
    public void A_close_call_of_a_short_text_is_left_to_coding_all_of_it()
    {
        var block = Letters(40000);

        // Between what a warm byte coder needs, 4.72 bits, and what a cold one needs, 4.8.
        Assert.Equal([new Stretch(RegionKind.Text, 0, block.Length)], Settle(block, new PricedModel(4.77)));
    }

    [Theory]
    [InlineData("-")]
    [InlineData(";")]
    [InlineData("\r")]
    [InlineData(",,,,,,\n")]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301\u0302\u0303")]
    [InlineData("All work and no play.\n")]
    public void Repetition_does_not_use_the_model(string piece)
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 100000 / piece.Length)));

        Assert.Equal(
            [new Stretch(RegionKind.Bytes, 0, block.Length)],
            RegionTrial.Settle(
                block, [new Stretch(RegionKind.Text, 0, block.Length)], () => throw new InvalidOperationException(),
                ByteCoderSettings.Default));
    }

    [Fact]
    public void A_long_text_is_judged_piece_by_piece()
    {
        byte[] block = [.. SampleBytes.Random(200000, 1).Select(b => (byte)('0' + (b & 1))), .. Letters(200000)];

        var settled = Settle(block, new PricedModel(3));

        Assert.Equal(2, settled.Count);
        Assert.Equal(RegionKind.Bytes, settled[0].Kind);
        Assert.Equal(RegionKind.Text, settled[1].Kind);
        Assert.InRange(settled[0].Length, 200000 - (1 << 16), 200000 + (1 << 16));
        Assert.Equal(block.Length, settled[0].Length + settled[1].Length);
    }

    [Fact]
    public void Time_has_a_price_in_long_content()
    {
        var block = Letters(100000);

        Assert.Equal(RegionKind.Text, Settle(block, new PricedModel(4.55, bytesPerToken: 8))[0].Kind);
        Assert.Equal(RegionKind.Bytes, Settle(block, new PricedModel(4.55, bytesPerToken: 2))[0].Kind);
    }

    [Theory]
    [InlineData(40000)]
    [InlineData(200000)]
    public void Text_of_more_than_three_times_the_tokens_of_prose_goes_to_the_byte_coder(int length)
    {
        var block = Letters(length);

        Assert.Equal(RegionKind.Bytes, Settle(block, new PricedModel(0.1, bytesPerToken: 1))[0].Kind);
        Assert.Equal(RegionKind.Text, Settle(block, new PricedModel(0.1, bytesPerToken: 2))[0].Kind);
    }

    [Fact]
    public void Samples_are_a_small_part_of_a_long_text()
    {
        var block = Letters(1 << 20);
        var model = new PricedModel(4.77);

        Settle(block, model);

        Assert.InRange(model.Coded, 1, block.Length / 6);
    }

    private static IReadOnlyList<Stretch> Settle(byte[] block, PricedModel model) => RegionTrial.Settle(
        block, [new Stretch(RegionKind.Text, 0, block.Length)], () => model, ByteCoderSettings.Default);

    private static byte[] Letters(int length)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)('a' + random.Next(26)))];
    }

    private sealed class PricedModel(double bitsPerByte, int bytesPerToken = 4) : ISampleCoder
    {
        public int Coded { get; private set; }

        public (int Length, int Tokens) CodeSample(ReadOnlySpan<byte> text)
        {
            Coded += text.Length;
            return ((int)(text.Length * bitsPerByte / 8), text.Length / bytesPerToken);
        }
    }
}
