using System.Text.Json;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

public sealed class ListTests : IDisposable
{
    private readonly TestHost _host = new()
    {
        CodecFactory = _ => throw new InvalidOperationException("Listing loads no model."),
    };

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_row_shows_what_a_file_holds()
    {
        var archive = _host.WriteArchive("a.ncx", new byte[10_000]);

        Assert.Equal(0, _host.Run("-l", archive));

        var lines = _host.OutputText.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^Version +Model +Frames +Compressed +Uncompressed +Ratio +Check +File$", lines[0]);
        Assert.Matches($@"^1\.0 +{FakeCodec.Model.ToString()[..8]} +3 +10,\d+ +10,000 +10\d\.\d % +SHA-256 .*a\.ncx$", lines[1]);
    }

    [Fact]
    public void Several_files_get_a_row_of_totals()
    {
        var one = _host.WriteArchive("a.ncx", new byte[10_000]);
        var two = _host.WriteArchive("b.ncx", new byte[2_000]);

        Assert.Equal(0, _host.Run("-l", one, two));

        Assert.Matches(@"^ +4 +12,\d+ +12,000 .* 2 files$", _host.OutputText.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void Verbose_lists_the_frames()
    {
        Assert.Equal(0, _host.Run("-lv", _host.WriteArchive("a.ncx", new byte[10_000])));

        Assert.Equal(3, _host.OutputText.Split('\n').Count(line => line.StartsWith("  frame ", StringComparison.Ordinal)));
        Assert.Contains("text 0, bytes 0, stored 4,096", _host.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_one_object_per_file()
    {
        var archive = _host.WriteArchive("a.ncx", new byte[10_000]);
        Assert.Equal(0, _host.Run("-lv", "--json", archive, archive));

        var lines = _host.OutputText.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        using var json = JsonDocument.Parse(lines[0]);
        var root = json.RootElement;
        Assert.Equal(archive, root.GetProperty("file").GetString());
        Assert.Equal(10_000, root.GetProperty("uncompressed").GetInt64());
        Assert.Equal(new FileInfo(archive).Length, root.GetProperty("compressed").GetInt64());
        var first = root.GetProperty("archives")[0];
        Assert.Equal(FakeCodec.Model.ToString()[..8], first.GetProperty("model").GetString());
        Assert.Equal(3, first.GetProperty("frames").GetArrayLength());
    }

    [Fact]
    public void Standard_input_can_be_listed()
    {
        _host.Input = new MemoryStream(File.ReadAllBytes(_host.WriteArchive("a.ncx", new byte[100])));

        Assert.Equal(0, _host.Run("-l"));
        Assert.Contains(" -\n", _host.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_file_is_an_error_and_the_others_are_listed()
    {
        var foreign = _host.Write("b.ncx", "no archive");

        Assert.Equal(2, _host.Run("-l", foreign, _host.WriteArchive("a.ncx", new byte[100])));
        Assert.Contains("a.ncx", _host.OutputText, StringComparison.Ordinal);
        Assert.Contains("b.ncx: the input is not an .ncx archive", _host.ErrorText, StringComparison.Ordinal);
    }
}
