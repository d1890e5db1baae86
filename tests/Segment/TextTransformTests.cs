using System.Text;
using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Tests.Segment;

public sealed class TextTransformTests
{
    [Theory]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n", (int)TransformId.LineEnds)]
    [InlineData("a\r\nb\r\nc\r\nd\r\ne\r\nodd\nf\r\n", "a\nb\nc\nd\ne\nodd\r\nf\n", (int)TransformId.LineEnds)]
    [InlineData("\uFEFFtext\n", "text\n", (int)TransformId.ByteOrderMark)]
    [InlineData("\uFEFFtext\r\n", "text\n", (int)(TransformId.ByteOrderMark | TransformId.LineEnds))]
    [InlineData("plain\n", "plain\n", (int)TransformId.None)]
    [InlineData("a\r\nb\nc\r\nd\n", "a\r\nb\nc\r\nd\n", (int)TransformId.None)]
    [InlineData("", "", (int)TransformId.None)]
    public void Line_ends_and_marks_are_made_plain(string original, string plain, int expected) =>
        AssertTransform(Encoding.UTF8.GetBytes(original), plain, (TransformId)expected);

    [Theory]
    [InlineData("utf-16", (int)TransformId.Utf16LittleEndian)]
    [InlineData("utf-16BE", (int)TransformId.Utf16BigEndian)]
    public void Utf16_becomes_utf8(string encoding, int transform)
    {
        var utf16 = Encoding.GetEncoding(encoding);
        var id = (TransformId)transform;

        AssertTransform(utf16.GetBytes("\uFEFFдом\r\n𝄞\r\n"), "дом\n𝄞\n", id | TransformId.ByteOrderMark | TransformId.LineEnds);
        AssertTransform(utf16.GetBytes("no mark, mostly Latin é\n"), "no mark, mostly Latin é\n", id);
    }

    [Fact]
    public void Ill_formed_utf16_is_left_alone()
    {
        byte[] lone = [.. Encoding.Unicode.GetBytes("\uFEFFtext"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("more")];

        Assert.Equal(TransformId.None, TextTransform.Choose(lone) & TransformId.Utf16LittleEndian);
        Assert.Equal(TransformId.None, TextTransform.Choose(Encoding.Unicode.GetBytes("odd length").AsSpan(0, 19)));
    }

    [Fact]
    public void Legacy_western_text_becomes_utf8()
    {
        var latin1 = Encoding.Latin1.GetBytes("Le café était fermé; voilà.\r\n");
        byte[] quotes = [.. "a word in "u8, 0x93, .. "quotes"u8, 0x94, .. ", and more"u8];

        AssertTransform(latin1, "Le café était fermé; voilà.\n", TransformId.Windows1252 | TransformId.LineEnds);
        AssertTransform(quotes, "a word in “quotes”, and more", TransformId.Windows1252);
    }

    [Fact]
    public void All_bytes_survive_windows_1252()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        var text = TextTransform.Apply(TransformId.Windows1252, all);

        Assert.Equal(all, TextTransform.Invert(TransformId.Windows1252, text, all.Length));
    }

    [Fact]
    public void The_exchange_of_line_ends_is_undone_for_any_bytes()
    {
        byte[] alphabet = [(byte)'\r', (byte)'\n', (byte)'x'];
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            byte[] region = [.. Enumerable.Range(0, seed % 60).Select(_ => alphabet[random.Next(3)])];

            var text = TextTransform.Apply(TransformId.LineEnds, region);

            Assert.Equal(region, TextTransform.Invert(TransformId.LineEnds, text, region.Length));
        }
    }

    [Fact]
    public void Wrapped_lines_become_one()
    {
        // The last word reaches column 31, and "aé" would not fit behind it.
        var lines = string.Concat(Enumerable.Repeat("aé bb ccc dddd eeeee ffffff ggg\n", 20));
        var text = Encoding.UTF8.GetBytes("Title\n\n" + lines + "\nThis line is short,\nand this one was broken early.\n");

        var id = TextTransform.Choose(text);
        var unwrapped = Encoding.UTF8.GetString(TextTransform.Apply(id, text));

        Assert.Equal(0, (int)id & 0xFF);
        Assert.InRange((int)id >> 8, 31, 33);
        Assert.Equal("Title\n\n" + lines.TrimEnd('\n').Replace('\n', ' ')
            + "\n\nThis line is short,\nand this one was broken early.\n", unwrapped);
        Assert.Equal(text, TextTransform.Invert(id, TextTransform.Apply(id, text), text.Length));
    }

    [Fact]
    public void The_exchange_of_wrapped_lines_is_undone_for_any_bytes()
    {
        byte[] alphabet = [(byte)' ', (byte)'\n', (byte)'x', (byte)'y', 0xC3, 0xA9, (byte)'\t'];
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            byte[] region = [.. Enumerable.Range(0, seed % 200).Select(_ => alphabet[random.Next(alphabet.Length)])];
            var id = (TransformId)(random.Next(1, 30) << 8);

            var text = TextTransform.Apply(id, region);

            Assert.Equal(region, TextTransform.Invert(id, text, region.Length));
        }
    }

    [Fact]
    public void Quotes_between_tags_become_plain()
    {
        const string original = "<a href=\"x\">&quot;One&quot; &amp;quot; &amp; &quot;two&quot; &quo &quot</a>\n";
        const string plain = "<a href=\"x\">\"One\" &amp;quot; &amp; \"two\" &quo &quot</a>\n";
        var mixed = Repeat("say \"so\"\t&quot;so&quot;\t", 20);

        AssertTransform(Encoding.UTF8.GetBytes(Repeat(original, 8)), Repeat(plain, 8), TransformId.Quotes);
        AssertTransform(Encoding.UTF8.GetBytes(Repeat(original, 7)), Repeat(original, 7), TransformId.None);
        AssertTransform(Encoding.UTF8.GetBytes(mixed), mixed, TransformId.None);
    }

    [Fact]
    public void The_exchange_of_quotes_is_undone_for_any_bytes()
    {
        string[] pieces = ["&quot;", "\"", "&", "quot;", "&quot", "<", ">", "x", ";", "\r\n"];
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var region = Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, seed % 40).Select(_ => pieces[random.Next(pieces.Length)])));

            var text = TextTransform.Apply(TransformId.Quotes, region);

            Assert.Equal(region, TextTransform.Invert(TransformId.Quotes, text, region.Length));
        }
    }

    [Fact]
    public void Quotes_cannot_grow_beyond_the_region() =>
        Assert.Throws<CorruptArchiveException>(() => TextTransform.Invert(TransformId.Quotes, new string('"', 1000).Select(c => (byte)c).ToArray(), 500));

    [Fact]
    public void Narrow_verse_keeps_its_lines()
    {
        var verse = string.Concat(Enumerable.Repeat("Under the greenwood\ntree who loves\nto lie with me and\n", 50));

        Assert.Equal(TransformId.None, TextTransform.Choose(Encoding.UTF8.GetBytes(verse)));
    }

    [Fact]
    public void Whatever_is_chosen_for_a_random_mixture_is_undone_exactly()
    {
        byte[][] pieces =
        [
            "\r\n"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xE9],
            "some words "u8.ToArray(), "&quot;"u8.ToArray(), "\""u8.ToArray(), "<"u8.ToArray(), "é"u8.ToArray(), [0], [0x00, 0xD8], Encoding.Unicode.GetBytes("wide words\r\n"),
        ];
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            byte[] region = [.. Enumerable.Range(0, random.Next(12)).SelectMany(_ => pieces[random.Next(pieces.Length)])];

            var id = TextTransform.Choose(region);

            Assert.Equal(region, TextTransform.Invert(id, TextTransform.Apply(id, region), region.Length));
        }
    }

    [Fact]
    public void Damaged_text_is_refused_or_gives_other_bytes_and_nothing_else()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = new byte[random.Next(30)];
            random.NextBytes(text);
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = random.Next(3) == 0 ? text[i] : (byte)(text[i] % 0x30);
            }

            var length = random.Next(6) == 0 ? int.MaxValue - random.Next(2) : random.Next(60);
            try
            {
                Assert.Equal(length, TextTransform.Invert((TransformId)(random.Next(66) + (random.Next(3) == 0 ? random.Next(1 << 16) & 0xFF00 : 0)), text, length).Length);
            }
            catch (NacrithException)
            {
            }
        }
    }

    [Theory]
    [InlineData(133)]
    [InlineData(192)]
    [InlineData(-1)]
    [InlineData(1 << 20)]
    public void An_unknown_number_needs_a_newer_reader(int id) =>
        Assert.Throws<UnsupportedVersionException>(() => TextTransform.Invert((TransformId)id, [], 0));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static void AssertTransform(byte[] region, string plain, TransformId expected)
    {
        var id = TextTransform.Choose(region);
        var text = TextTransform.Apply(id, region);

        Assert.Equal(expected, id);
        Assert.Equal(plain, Encoding.UTF8.GetString(text));
        Assert.Equal(region, TextTransform.Invert(id, text, region.Length));
    }
}
