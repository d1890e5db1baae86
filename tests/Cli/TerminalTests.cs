namespace NacrithOnnx.Tests.Cli;

public sealed class TerminalTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("-z")]
    [InlineData("-d")]
    [InlineData("-t")]
    [InlineData("-l")]
    public void A_terminal_is_refused_as_input(string mode)
    {
        _host.InputIsTerminal = true;

        Assert.Equal(1, _host.Run(mode));
        Assert.Contains("standard input: is a terminal; ", _host.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_is_not_written_to_a_terminal_without_force()
    {
        var file = _host.Write("a", "content");
        _host.OutputIsTerminal = true;

        Assert.Equal(1, _host.Run("-c", file));
        Assert.Empty(_host.OutputBytes);
        Assert.Equal(0, _host.Run("-cf", file));
        Assert.NotEmpty(_host.OutputBytes);
    }

    [Fact]
    public void Content_may_be_written_to_a_terminal()
    {
        var archive = _host.WriteArchive("a.ncx", "content"u8.ToArray());
        _host.OutputIsTerminal = true;

        Assert.Equal(0, _host.Run("-dc", archive));
        Assert.Equal("content", _host.OutputText);
    }

    [Fact]
    public void Success_is_silent() => Assert.Equal((0, string.Empty), (_host.Run(_host.Write("a", "x")), _host.ErrorText));

    [Fact]
    public void Verbose_shows_sizes_and_speed()
    {
        Assert.Equal(0, _host.Run("-v", _host.Write("a", "content")));

        Assert.Matches(@"^nacrith: .*a: 7 bytes of content, \d+ in the archive \([\d.]+ %\), [\d.]+ s, \d+ tokens/s\n$", _host.ErrorText);
        Assert.Equal(string.Empty, _host.OutputText);
    }

    [Fact]
    public void Quiet_suppresses_warnings_and_twice_errors()
    {
        _host.Variables["NACRITH_LEVEL"] = "ten";

        Assert.Equal(1, _host.Run("-q", _host.PathOf("missing")));
        Assert.Equal($"nacrith: {_host.PathOf("missing")}: no such file or folder\n", _host.ErrorText);
        Assert.Equal(1, _host.Run("-qq", _host.PathOf("missing")));
        Assert.Equal(string.Empty, _host.ErrorText);
    }

    [Fact]
    public void A_usage_error_is_one_line_and_code_one()
    {
        Assert.Equal(1, _host.Run("--bogus", "f"));
        Assert.Equal("nacrith: unknown option '--bogus'; a file of that name is written ./--bogus (see nacrith --help)\n", _host.ErrorText);
        Assert.Null(_host.Codec);
    }

    [Fact]
    public void Control_characters_of_a_name_do_not_reach_the_terminal()
    {
        Assert.Equal(1, _host.Run(_host.PathOf("a\u001b[2Jb\nnacrith: ok")));

        Assert.Single(_host.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain('\u001b', _host.ErrorText);
    }

    [Fact]
    public void A_job_can_report_in_json()
    {
        Assert.Equal(0, _host.Run("--json", _host.Write("a", "content")));

        using var json = System.Text.Json.JsonDocument.Parse(_host.OutputText);
        Assert.Equal("compress", json.RootElement.GetProperty("operation").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("contentBytes").GetInt64());
        Assert.Equal(new FileInfo(_host.PathOf("a.ncx")).Length, json.RootElement.GetProperty("archiveBytes").GetInt64());
        Assert.Equal(0, _host.Run("-t", "--json", _host.PathOf("a.ncx")));
        Assert.Contains("\"operation\":\"test\"", _host.OutputText, StringComparison.Ordinal);
        Assert.EndsWith("}\n", _host.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_pipe_is_a_quiet_end()
    {
        var archive = _host.WriteArchive("a.ncx", new byte[100_000]);
        _host.CodecFactory = _ => throw new NacrithOnnx.Cli.Host.ClosedPipeException(new IOException("broken pipe"));

        Assert.Equal(0, _host.Run("-dc", archive, archive));
        Assert.Equal(string.Empty, _host.ErrorText);
    }
}
