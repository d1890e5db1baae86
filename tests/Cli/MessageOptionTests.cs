using System.Text;

namespace NacrithOnnx.Tests.Cli;

/// <summary>--message, --check, -D and -a with messages.</summary>
public sealed class MessageOptionTests : IDisposable
{
    private const string Text = "Back by eight.";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_file_becomes_a_message_beside_itself_and_comes_back()
    {
        var file = _host.Write("a.txt", Text);

        Assert.Equal(0, _host.Run("--message", file));
        Assert.Equal(["a.txt", "a.txt.ncm"], _host.Names());
        File.Delete(file);
        Assert.Equal(0, _host.Run("-d", "--message", file + ".ncm"));
        Assert.Equal(Text, File.ReadAllText(file));
        Assert.Equal(0, _host.Run("-t", "--message", file + ".ncm"));
        Assert.Equal(1, _host.Run("--message", file + ".ncm"));
    }

    [Theory]
    [InlineData()]
    [InlineData("--check", "0")]
    [InlineData("--check=1")]
    [InlineData("--check", "4", "-9")]
    [InlineData("-a")]
    [InlineData("-a", "--check", "0")]
    public void Standard_input_goes_through_a_message_and_back(params string[] options)
    {
        foreach (var content in (byte[][])[[], [0], "text"u8.ToArray(), new byte[5000]])
        {
            var message = Pipe(content, ["--message", .. options]);

            Assert.Equal(content, Pipe(message, ["-d", "--message", .. options]));
        }
    }

    [Fact]
    public void Options_reach_the_codec()
    {
        Pipe("text"u8.ToArray(), "--message", "--check", "4", "-9");
        Assert.Equal(new MessageOptions { Level = 9, CheckLength = 4 }, _host.Codec!.LastMessage);

        var message = Pipe("text"u8.ToArray(), "--message");
        Assert.Equal(new MessageOptions(), _host.Codec!.LastMessage);
        Pipe(message, "-d", "--message", "--max-output", "100");
        Assert.Equal(100, _host.Codec!.LastMessage!.MaxContent);
    }

    [Fact]
    public void Armor_is_one_line_of_digits_that_is_recognised()
    {
        var content = "text"u8.ToArray();
        var text = Pipe(content, "--message", "-a");

        Assert.Matches("^[A-Za-z0-9_-]+\n$", _host.OutputText);
        Assert.Equal(content, Pipe(text, "-d", "--message"));
        Assert.Equal(content, Pipe([0xEF, 0xBB, 0xBF, .. text[..3], (byte)'\r', (byte)'\n', .. text[3..]], "-d", "--message"));
        Assert.Equal(2, Run(Pipe(content, "--message"), "-d", "--message", "-a"));
    }

    [Fact]
    public void A_binary_message_that_looks_like_text_is_read_too()
    {
        var content = Enumerable.Range(0, 100_000)
            .Select(i => Encoding.ASCII.GetBytes($"text{i}"))
            .First(content => Pipe(content, "--message").All(letter => char.IsAsciiLetterOrDigit((char)letter)));

        Assert.Equal(content, Pipe(Pipe(content, "--message"), "-d", "--message"));
    }

    [Fact]
    public void Without_a_check_digits_are_taken_for_text_only_where_told()
    {
        var text = Pipe("text"u8.ToArray(), "--message", "-a", "--check", "0");

        Assert.NotEqual("text"u8.ToArray(), RunOut(text, "-d", "--message", "--check", "0"));
        Assert.Equal("text"u8.ToArray(), Pipe(text, "-d", "--message", "--check", "0", "-a"));
    }

    [Fact]
    public void Damage_is_bad_input()
    {
        var message = Pipe("text"u8.ToArray(), "--message");
        message[2] ^= 1;

        Assert.Equal(2, Run(message, "-d", "--message"));
        Assert.Empty(_host.OutputBytes);
        Assert.StartsWith("nacrith: standard input: the message is damaged", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(2, Run([], "-d", "--message"));
    }

    [Fact]
    public void Content_longer_than_a_message_is_refused()
    {
        Assert.Equal(0, Run(new byte[MessageOptions.DefaultMaxContent], "--message"));
        var message = _host.OutputBytes;
        Assert.Equal(1, Run(new byte[MessageOptions.DefaultMaxContent + 1], "--message"));
        Assert.Contains("leave out --message", _host.ErrorText, StringComparison.Ordinal);

        Assert.Equal(2, Run(message, "-d", "--message", "--max-output", "1000"));
        Assert.Equal(2, Run(new byte[1_000_000], "-d", "--message"));
    }

    [Fact]
    public void A_dictionary_is_learned_on_both_sides()
    {
        var dictionary = _host.Write("dictionary", "Back by seven. Back by eight.");
        var message = Pipe("Back by eight."u8.ToArray(), "--message", "-D", dictionary);

        Assert.Equal(5, message.Length);
        Assert.Equal("Back by eight."u8.ToArray(), Pipe(message, "-d", "--message", "--dictionary", dictionary));
    }

    [Fact]
    public void A_missing_dictionary_is_bad_input()
    {
        var dictionary = _host.Write("dictionary", "Back by seven. Back by eight.");
        var message = Pipe("Back by eight."u8.ToArray(), "--message", "-D", dictionary);

        Assert.Equal(2, Run(message, "-d", "--message"));
        Assert.Equal(
            "nacrith: standard input: the message was made with a dictionary, and none is given; name it with -D\n",
            _host.ErrorText);
    }

    [Fact]
    public void A_wrong_dictionary_is_bad_input_and_its_hash_is_named()
    {
        var dictionary = _host.Write("dictionary", "Back by seven. Back by eight.");
        var other = _host.Write("other", "Back by eight. Back by seven.");
        var message = Pipe("Back by eight."u8.ToArray(), "--message", "-D", dictionary);
        using var expected = new NacrithDictionary(File.ReadAllBytes(other));

        Assert.Equal(2, Run(message, "-d", "--message", "-D", other));
        Assert.Empty(_host.OutputBytes);
        Assert.Contains($"SHA-256 of the dictionary given is {expected.Sha256}", _host.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", null, "missing: ")]
    [InlineData("empty", 0, "empty: is empty")]
    [InlineData("long", NacrithDictionary.MaxLength + 1, "long: is longer than a dictionary")]
    public void A_file_that_is_no_dictionary_is_an_error_before_any_work(string name, int? length, string message)
    {
        if (length is { } bytes)
        {
            _host.Write(name, new byte[bytes]);
        }

        Assert.Equal(1, _host.Run("--message", "-D", _host.PathOf(name), _host.Write("a", "a"), _host.Write("b", "b")));
        Assert.Contains(message, _host.ErrorText, StringComparison.Ordinal);
        Assert.Single(_host.ErrorText.TrimEnd().Split('\n'));
        Assert.Null(_host.Codec);
    }

    [Fact]
    public void Folders_are_entered_and_messages_left_out()
    {
        _host.Write("a", Text);
        _host.Write("b.ncm", Text);

        Assert.Equal(0, _host.Run("--message", "-r", "-a", _host.Files));
        Assert.Equal(["a", "a.ncm", "b.ncm"], _host.Names());
    }

    [Fact]
    public void A_message_can_be_verified_and_its_source_removed()
    {
        var file = _host.Write("a", Text);

        Assert.Equal(0, _host.Run("--message", "--verify", file));
        Assert.Equal(0, _host.Run("--message", "--rm", "-f", "-a", file));
        Assert.Equal(["a.ncm"], _host.Names());
    }

    [Fact]
    public void Text_may_go_to_a_terminal_and_bytes_may_not()
    {
        _host.OutputIsTerminal = true;

        Assert.Equal(1, Run("text"u8.ToArray(), "--message"));
        Assert.Equal(0, Run("text"u8.ToArray(), "--message", "-a"));
    }

    private byte[] Pipe(byte[] input, params string[] arguments)
    {
        var code = Run(input, arguments);
        Assert.True(code == 0, _host.ErrorText);
        return _host.OutputBytes;
    }

    private int Run(byte[] input, params string[] arguments)
    {
        _host.Input = new MemoryStream(input);
        return _host.Run(arguments);
    }

    private byte[] RunOut(byte[] input, params string[] arguments)
    {
        Run(input, arguments);
        return _host.OutputBytes;
    }
}
