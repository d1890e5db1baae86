using System.Text;

namespace NacrithOnnx.Tests.Cli;

/// <summary>The rules of --report; what is on the page is tested where it is made.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("some content");

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_page_is_written_beside_the_archive()
    {
        var file = _host.Write("a.txt", Content);

        Assert.Equal(0, _host.Run("--report", _host.PathOf("a.html"), file));

        Assert.Equal(["a.html", "a.txt", "a.txt.ncx"], _host.Names());
        Assert.StartsWith("<!DOCTYPE html>", Encoding.UTF8.GetString(_host.Read("a.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-t")]
    [InlineData("-dc")]
    public void An_archive_gives_a_page_too(string mode)
    {
        var archive = _host.WriteArchive("a.ncx", Content);

        Assert.Equal(0, _host.Run(mode, "--report", _host.PathOf("a.html"), archive));

        Assert.Equal(["a.html", "a.ncx"], _host.Names());
    }

    [Fact]
    public void The_page_can_go_to_standard_output()
    {
        var archive = _host.WriteArchive("a.ncx", Content);

        Assert.Equal(0, _host.Run("-t", "--report", "-", archive));

        Assert.EndsWith("</html>\n", _host.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_not_replaced_by_a_page_without_force()
    {
        var file = _host.Write("a.txt", Content);
        _host.Write("a.html", "mine");

        Assert.Equal(1, _host.Run("--report", _host.PathOf("a.html"), file));
        Assert.Equal("mine", Encoding.UTF8.GetString(_host.Read("a.html")));
        Assert.DoesNotContain("a.txt.ncx", _host.Names());
        Assert.Equal(0, _host.Run("-f", "--report", _host.PathOf("a.html"), file));
        Assert.NotEqual("mine", Encoding.UTF8.GetString(_host.Read("a.html")));
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a.txt.ncx")]
    public void The_page_never_takes_the_place_of_the_input_or_the_archive(string name)
    {
        var file = _host.Write("a.txt", Content);

        Assert.Equal(1, _host.Run("-f", "--report", _host.PathOf(name), file));

        Assert.Equal(["a.txt"], _host.Names());
        Assert.Equal(Content, _host.Read("a.txt"));
    }

    [Fact]
    public void A_damaged_archive_leaves_no_page()
    {
        var archive = _host.WriteArchive("a.ncx", Content);
        var bytes = _host.Read("a.ncx");
        bytes[^20] ^= 1;
        File.WriteAllBytes(archive, bytes);

        Assert.Equal(2, _host.Run("-t", "--report", _host.PathOf("a.html"), archive));

        Assert.Equal(["a.ncx"], _host.Names());
    }

    [Theory]
    [InlineData("-l", "--report", "p", "a")]
    [InlineData("--report", "p", "a", "b")]
    [InlineData("-r", "--report", "p", "a")]
    [InlineData("-dc", "--range", "1,2", "--report", "p", "a")]
    [InlineData("-c", "--report", "-", "a")]
    [InlineData("--report", "-")]
    [InlineData("--json", "--report", "-", "a")]
    [InlineData("--report", "", "a")]
    public void What_makes_no_sense_is_refused(params string[] arguments)
    {
        Assert.Equal(1, _host.Run(arguments));
        Assert.Contains("--report", _host.ErrorText, StringComparison.Ordinal);
    }
}
