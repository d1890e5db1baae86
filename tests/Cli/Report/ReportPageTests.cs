using System.Text.RegularExpressions;
using NacrithOnnx.Cli.Report;

namespace NacrithOnnx.Tests.Cli.Report;

public sealed partial class ReportPageTests
{
    [Fact]
    public void Nothing_of_the_content_and_its_name_becomes_markup()
    {
        var page = ReportSamples.Page(ReportSamples.Record(ReportSamples.Hostile), "<script>alert(1)</script>&\u202e.txt");

        Assert.DoesNotContain("owned", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;?.txt", page, StringComparison.Ordinal);
        Assert.Equal(2, Script().Count(page));
    }

    [Fact]
    public void It_loads_nothing()
    {
        var page = ReportSamples.Page(ReportSamples.Record("a", "b", "c", "d"));

        Assert.DoesNotMatch("""(src|href)\s*=|@import|url\(|https?:|fetch\(|XMLHttpRequest|import\(""", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Totals_by_coder_are_those_of_the_record()
    {
        var record = ReportSamples.Record("one ", "two ", "three ", "four");

        var page = ReportSamples.Page(record);

        Assert.Contains("<td class=\"name\">bytes, byte coder</td><td>100</td><td>25</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"name\">stored</td><td>50</td><td>50</td>", page, StringComparison.Ordinal);
        Assert.Contains("text, language model, CR LF and LF exchanged", page, StringComparison.Ordinal);
        Assert.Equal(4, record.TokenCount);
        Assert.Equal(0 + 1 + 2 + 3, record.Coder(NacrithOnnx.Format.RegionKind.Text).Bits);
    }

    [Fact]
    public void A_page_of_nothing_is_a_page()
    {
        var page = ReportSamples.Page(new ReportRecorder());

        Assert.Contains("There is no content.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(4, "Windows1252 to UTF-8")]
    [InlineData(1 + 8 + 16, "Utf16LittleEndian to UTF-8, byte order mark removed, CR LF and LF exchanged")]
    [InlineData(32 + (72 << 8), "quotation marks for entities, lines of 72 joined")]
    [InlineData(131, "Ibm037 to UTF-8")]
    public void Transforms_are_named(int id, string text) => Assert.Equal(text, TransformText.Describe(id));

    [GeneratedRegex("<script")]
    private static partial Regex Script();
}
