using System.Text;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Cli;

/// <summary>-a with archives.</summary>
public sealed class ArmorOptionTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 10_000).Select(index => (byte)(index * 7))];

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void An_archive_as_text_is_the_archive()
    {
        var file = _host.Write("a", Content);

        Assert.Equal(0, _host.Run("-c", file));
        var archive = _host.OutputBytes;
        Assert.Equal(0, _host.Run("-ca", file));

        Assert.Equal(Armor.EncodeArchive(archive), _host.OutputText);
        Assert.All(_host.OutputText.Split('\n'), line => Assert.True(line.Length <= 76, line));
    }

    [Fact]
    public void Text_is_recognised_by_every_operation()
    {
        var file = _host.Write("a", Content);
        Assert.Equal(0, _host.Run("-a", "--rm", file));
        Assert.Equal(["a.ncx"], _host.Names());

        Assert.Equal(0, _host.Run("-t", file + ".ncx"));
        Assert.Equal(0, _host.Run("-l", file + ".ncx"));
        Assert.Contains("10,000", _host.OutputText, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("-dc", "--range", "5000,10", file + ".ncx"));
        Assert.Equal(Content[5000..5010], _host.OutputBytes);
        Assert.Equal(0, _host.Run("-dcf", file + ".ncx"));
        Assert.Equal(Content, _host.OutputBytes);
        Assert.Equal(0, _host.Run("-d", file + ".ncx"));
        Assert.Equal(Content, _host.Read("a"));
    }

    [Fact]
    public void Texts_one_after_the_other_are_read_as_one_even_from_a_pipe()
    {
        Assert.Equal(0, _host.Run("-ca", _host.Write("a", Content), _host.Write("b", "more")));
        _host.Input = new MemoryStream(Encoding.ASCII.GetBytes("\n" + _host.OutputText));

        Assert.Equal(0, _host.Run("-d"));
        Assert.Equal((byte[])[.. Content, .. "more"u8], _host.OutputBytes);
    }

    [Fact]
    public void Damaged_text_is_bad_input()
    {
        Assert.Equal(0, _host.Run("-ca", _host.Write("a", Content)));
        var text = _host.OutputText;

        foreach (var (damaged, message) in new[]
        {
            (text[..^10], "the text ends before the last line"),
            (text[..200] + "!" + text[200..], "the text has '!' in line 4"),
            (text.Replace("END", "ENE", StringComparison.Ordinal), "foreign bytes"),
        })
        {
            _host.Input = new MemoryStream(Encoding.ASCII.GetBytes(damaged));
            Assert.Equal(2, _host.Run("-t"));
            Assert.Contains(message, _host.ErrorText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_may_go_to_a_terminal()
    {
        _host.OutputIsTerminal = true;

        Assert.Equal(0, _host.Run("-ca", _host.Write("a", Content)));
    }
}
