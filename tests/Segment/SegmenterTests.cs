using System.Diagnostics;
using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Tests.Bytes;

namespace NacrithOnnx.Tests.Segment;

public sealed class SegmenterTests
{
    /// <summary>Prose of many words, unlike the repeating sample of the byte coder.</summary>
    private static byte[] Prose(int length)
    {
        var random = new Random(21);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            for (var letters = random.Next(2, 9); letters > 0; letters--)
            {
                text.Append("etaoinshrdlucmfwypvbgk"[random.Next(22)]);
            }

            text.Append(random.Next(12) == 0 ? ".\n" : " ");
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    [Theory]
    [MemberData(nameof(SampleBytes.Names), MemberType = typeof(SampleBytes))]
    public void Regions_cover_the_block_in_order(string name) => AssertCovers(SampleBytes.Get(name));

    [Fact]
    public void Regions_cover_any_mixture_in_order()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            AssertCovers(Mixture(new Random(seed)));
        }
    }

    [Fact]
    public void Every_small_length_is_covered()
    {
        var block = SampleBytes.Get("mixed");
        for (var length = 0; length < 1100; length++)
        {
            AssertCovers(block.AsSpan(2700, length));
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Prose_is_text_in_any_encoding(string encoding)
    {
        var prose = Encoding.ASCII.GetString(Prose(9000)).Replace("b", "é", StringComparison.Ordinal);
        var block = Encoding.GetEncoding(encoding).GetBytes(prose);

        Assert.Equal([new Stretch(RegionKind.Text, 0, block.Length)], Segmenter.Split(block));
    }

    [Theory]
    [InlineData("Съешь же ещё этих мягких французских булок, да выпей чаю. ")]
    [InlineData("これは日本語の文章です。吾輩は猫である。名前はまだ無い。")]
    [InlineData("Ξεσκεπάζω την ψυχοφθόρα βδελυγμία και γράφω. ")]
    public void Any_script_is_text(string sentence)
    {
        var block = Encoding.UTF8.GetBytes(sentence);

        Assert.Equal([new Stretch(RegionKind.Text, 0, block.Length)], Segmenter.Split(block));
    }

    [Fact]
    public void Random_bytes_are_stored() => Assert.Equal(
        [new Stretch(RegionKind.Stored, 0, 50000)],
        Segmenter.Split(SampleBytes.Random(50000, 3)));

    [Theory]
    [InlineData("code")]
    [InlineData("counter")]
    [InlineData("csv")]
    [InlineData("zeros")]
    public void Binary_and_tables_of_numbers_are_bytes(string name)
    {
        var block = SampleBytes.Get(name);

        Assert.Equal([new Stretch(RegionKind.Bytes, 0, block.Length)], Segmenter.Split(block));
    }

    [Fact]
    public void Base64_of_random_bytes_is_not_for_the_language_model()
    {
        var block = Encoding.ASCII.GetBytes(Convert.ToBase64String(SampleBytes.Random(20000, 5)));

        Assert.DoesNotContain(Segmenter.Split(block), region => region.Kind == RegionKind.Text);
    }

    [Fact]
    public void Hexadecimal_of_random_bytes_is_not_for_the_language_model()
    {
        var block = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SampleBytes.Random(10000, 5)));

        Assert.DoesNotContain(Segmenter.Split(block), region => region.Kind == RegionKind.Text);
    }

    [Fact]
    public void Markup_is_text_however_often_its_frame_repeats()
    {
        var words = Encoding.ASCII.GetString(Prose(8000)).Split([' ', '\n', '.'], StringSplitOptions.RemoveEmptyEntries);
        var block = Encoding.ASCII.GetBytes(string.Concat(words.Chunk(2).Select(
            pair => $"  {{ \"name\": \"{pair[0]}\", \"description\": \"{pair[^1]}\" }},\n")));

        Assert.Equal([new Stretch(RegionKind.Text, 0, block.Length)], Segmenter.Split(block));
    }

    [Fact]
    public void A_boundary_between_text_and_binary_is_found_to_the_byte()
    {
        byte[] block = [.. Prose(7777), .. new byte[3000], .. SampleBytes.Get("counter")];

        var regions = Segmenter.Split(block);

        Assert.Equal(new Stretch(RegionKind.Text, 0, 7777), regions[0]);
        Assert.Equal(RegionKind.Bytes, regions[1].Kind);
    }

    [Fact]
    public void A_few_odd_bytes_do_not_cut_a_text()
    {
        var block = Prose(20000);
        for (var i = 1000; i < block.Length; i += 1500)
        {
            block[i] = 0xFF;
        }

        Assert.Equal([new Stretch(RegionKind.Text, 0, block.Length)], Segmenter.Split(block));
    }

    [Fact]
    public void A_frame_gets_no_more_regions_than_the_format_allows()
    {
        // 512 bytes of text in every 1536 make 5462 regions if nothing merges them.
        var block = new byte[4 << 20];
        var prose = Prose(block.Length);
        new Random(8).NextBytes(block);
        for (var i = 0; i + 512 <= block.Length; i += 1536)
        {
            prose.AsSpan(i, 512).CopyTo(block.AsSpan(i));
        }

        AssertCovers(block);
        Assert.InRange(Segmenter.Split(block).Count, 1, FormatConstants.MaxRegions);
    }

    [Fact]
    public void Time_grows_with_length_only()
    {
        var block = Mixture(new Random(1), pieces: 400);
        var watch = Stopwatch.StartNew();

        AssertCovers(block);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    private static byte[] Mixture(Random random, int pieces = 5)
    {
        var block = new List<byte>();
        for (var i = random.Next(1, pieces + 1); i > 0; i--)
        {
            var piece = SampleBytes.Get(SampleBytes.AllNames[random.Next(SampleBytes.AllNames.Count)]);
            var from = random.Next(piece.Length + 1);
            block.AddRange(piece.AsSpan(from, random.Next(piece.Length - from + 1)));
        }

        return [.. block];
    }

    private static void AssertCovers(ReadOnlySpan<byte> block)
    {
        var at = 0;
        foreach (var region in Segmenter.Split(block))
        {
            Assert.Equal(at, region.Offset);
            Assert.InRange(region.Length, 1, block.Length - at);
            at += region.Length;
        }

        Assert.Equal(block.Length, at);
    }
}
