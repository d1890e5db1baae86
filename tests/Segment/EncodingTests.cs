using System.Globalization;
using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Segment;

/// <summary>Texts in encodings other than UTF-8 reach the model as UTF-8 and come back as they were.</summary>
public sealed class EncodingTests
{
    private const string Russian =
        "Утром мы вышли из дома и пошли вдоль реки к старому мосту. Было холодно, и над водой стоял туман.\n";

    private const string Ukrainian = "Уранці ми вийшли з дому й пішли берегом річки до старого млина, де паслися коні.\n";
    private const string Greek = "Το πρωί ξεκινήσαμε από το χωριό και περπατήσαμε ως τη θάλασσα. Ο ουρανός ήταν καθαρός.\n";
    private const string Hebrew = "בבוקר יצאנו מן הבית והלכנו לאורך הנחל עד הגשר הישן. היה קר, ומעל המים עמד ערפל.\n";
    private const string Arabic = "خرجنا في الصباح من البيت ومشينا على طول النهر حتى الجسر القديم. كان الجو باردا.\n";
    private const string Polish = "Wczesnym rankiem wyszliśmy z domu i poszliśmy ścieżką przez łąkę do lasu. Było chłodno.\n";
    private const string Turkish = "Kayıkçı, rüzgâr çok güçlü olduğu için bugün vapurun kalkmayacağını söyledi. Çıktık.\n";
    private const string German = "Früh am Morgen lag Nebel über dem Fluss; wir tranken heißen Tee und hörten dem Schäfer zu.\n";
    private const string Thai = "ตอนเช้าเราออกจากบ้านและเดินไปตามแม่น้ำจนถึงสะพานเก่า อากาศเย็นมาก\n";
    private const string Japanese = "朝早く家を出て、川に沿って古い橋まで歩いた。空気は冷たく、水の上には霧が立っていた。\n";

    static EncodingTests()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
    }

    public static TheoryData<string, string, int> Texts => new()
    {
        { "windows-1251", Russian, (int)TransformId.Windows1251 },
        { "windows-1251", Ukrainian, (int)TransformId.Windows1251 },
        { "koi8-r", Russian, (int)TransformId.Koi8 },
        { "koi8-u", Ukrainian, (int)TransformId.Koi8 },
        { "cp866", Russian, (int)TransformId.Ibm866 },
        { "iso-8859-5", Russian, (int)TransformId.Iso8859Part5 },
        { "windows-1253", Greek, (int)TransformId.Windows1253 },
        { "windows-1255", Hebrew, (int)TransformId.Windows1255 },
        { "windows-1256", Arabic, (int)TransformId.Windows1256 },
        { "windows-1250", Polish, (int)TransformId.Windows1250 },
        { "iso-8859-2", Polish, (int)TransformId.Iso8859Part2 },
        { "windows-1254", Turkish, (int)TransformId.Windows1254 },
        { "ibm850", German, (int)TransformId.Ibm850 },
        { "macintosh", German, (int)TransformId.MacRoman },
        { "windows-874", Thai, (int)TransformId.Windows874 },
        { "IBM037", "The harbour was still dark when the first boats came in. Nobody spoke.", (int)TransformId.Ibm037 },
        { "IBM273", German.TrimEnd(), (int)TransformId.Ibm273 },
        { "windows-1252", German, (int)TransformId.Windows1252 },
        { "utf-16", Russian, (int)TransformId.Utf16LittleEndian },
        { "utf-16BE", Japanese, (int)TransformId.Utf16BigEndian },
        { "utf-16", Arabic, (int)TransformId.Utf16LittleEndian },
        { "utf-32", German, (int)TransformId.Utf32LittleEndian },
        { "utf-32BE", Japanese, (int)TransformId.Utf32BigEndian },
    };

    public static TheoryData<string, int> Pages => new()
    {
        { "windows-1251", (int)TransformId.Windows1251 },
        { "koi8-u", (int)TransformId.Koi8 },
        { "cp866", (int)TransformId.Ibm866 },
        { "iso-8859-5", (int)TransformId.Iso8859Part5 },
        { "windows-1253", (int)TransformId.Windows1253 },
        { "windows-1255", (int)TransformId.Windows1255 },
        { "windows-1256", (int)TransformId.Windows1256 },
        { "windows-1250", (int)TransformId.Windows1250 },
        { "iso-8859-2", (int)TransformId.Iso8859Part2 },
        { "windows-1254", (int)TransformId.Windows1254 },
        { "ibm850", (int)TransformId.Ibm850 },
        { "macintosh", (int)TransformId.MacRoman },
        { "windows-874", (int)TransformId.Windows874 },
        { "IBM037", (int)TransformId.Ibm037 },
        { "IBM273", (int)TransformId.Ibm273 },
        { "windows-1252", (int)TransformId.Windows1252 },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_recognised_and_comes_back(string encoding, string text, int expected)
    {
        var region = Encoding.GetEncoding(encoding).GetBytes(text + text);

        var id = TextTransform.Choose(region);
        var utf8 = TextTransform.Apply(id, region);

        Assert.Equal((TransformId)expected, id & TextTransform.Encodings);
        Assert.StartsWith(text[..20], Encoding.UTF8.GetString(utf8), StringComparison.Ordinal);
        Assert.Equal(region, TextTransform.Invert(id, utf8, region.Length));
        Assert.Equal([new Stretch(RegionKind.Text, 0, region.Length)], Segmenter.Split(region));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void All_bytes_survive_a_page_and_letters_are_those_of_the_runtime(string encoding, int transform)
    {
        var id = (TransformId)transform;
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        var text = TextTransform.Apply(id, all);

        Assert.Equal(all, TextTransform.Invert(id, text, all.Length));
        var ours = Encoding.UTF8.GetString(text);
        var theirs = Encoding.GetEncoding(encoding).GetString(all);
        for (var i = 0; i < all.Length; i++)
        {
            // Ours are the published KOI8-U and Apple's table; the runtime has a Belarusian letter and the ohm sign instead.
            var differs = (id, i) is (TransformId.Koi8, 0xAE or 0xBE) or (TransformId.MacRoman, 0xBD);
            Assert.True(ours[i] == theirs[i] || !char.IsLetter(theirs[i]) || differs, $"byte {i:X2}: {(int)ours[i]:X4}, not {(int)theirs[i]:X4}");
        }
    }

    [Fact]
    public void The_tables_of_the_document_are_those_of_the_library()
    {
        var sections = File.ReadAllText(Path.Combine(Repository.Root, "docs", "transforms.md")).Split("\n### ")[1..];

        Assert.Equal(CodePages.All.Count, sections.Length);
        foreach (var section in sections)
        {
            var id = (TransformId)int.Parse(section[..section.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            var table = section.Split("```")[1].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            var upper = Encoding.UTF8.GetString(TextTransform.Apply(id, [.. Enumerable.Range(256 - table.Length, table.Length).Select(i => (byte)i)]));
            Assert.Equal(table, upper.Select(c => ((int)c).ToString("X4", CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData((int)TransformId.Windows1251)]
    [InlineData((int)TransformId.Utf32LittleEndian)]
    [InlineData((int)TransformId.Utf32BigEndian)]
    public void A_text_that_the_encoding_cannot_write_is_corrupt(int transform) => Assert.Throws<CorruptArchiveException>(
        () => TextTransform.Invert((TransformId)transform, Encoding.UTF8.GetBytes("\uD55C\uAE00").AsSpan(0, 5), 8));

    [Theory]
    [InlineData("utf-16", Russian)]
    [InlineData("utf-16BE", Japanese)]
    [InlineData("utf-16", German)]
    public void A_stray_byte_does_not_put_the_rest_of_utf16_out_of_step(string encoding, string text)
    {
        var utf16 = Encoding.GetEncoding(encoding).GetBytes(string.Concat(Enumerable.Repeat(text, 8)));
        foreach (var at in (int[])[200, 202, 256, 500])
        {
            byte[] block = [.. utf16.AsSpan(0, at), 0x41, .. utf16.AsSpan(at)];

            var regions = Segmenter.Split(block);

            Assert.Equal(3, regions.Count);
            Assert.Equal(RegionKind.Bytes, regions[1].Kind);
            Assert.InRange(regions[1].Offset, at - 8, at + 8);
            Assert.All([regions[0], regions[2]], region => Assert.True(
                region.Kind == RegionKind.Text && TextTransform.IsWideText(block.AsSpan(region.Offset, region.Length))));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    public void Numbers_are_not_taken_for_wide_text(int step)
    {
        var numbers = Enumerable.Range(0, 4000).SelectMany(i => BitConverter.GetBytes(i * step)).ToArray();

        Assert.False(TextTransform.IsWideText(numbers));
    }
}
