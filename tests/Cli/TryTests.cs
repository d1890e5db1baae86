namespace NacrithOnnx.Tests.Cli;

public sealed class TryTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Sizes_of_a_folder_are_shown_and_nothing_is_written()
    {
        _host.Write("a", "seven");
        _host.Write("b", "eight");

        Assert.Equal(0, _host.Run("--try", "--message", _host.Files));

        Assert.Equal(["a", "b"], _host.Names());
        Assert.Equal(
            [
                "       Content    Compressed    Ratio  File",
                $"             5             8  160.0 %  {_host.PathOf("a")}",
                $"             5             8  160.0 %  {_host.PathOf("b")}",
                "            10            16  160.0 %  2 files",
                string.Empty,
            ],
            _host.OutputText.Split('\n'));
    }

    [Fact]
    public void With_a_dictionary_its_gain_is_shown()
    {
        var dictionary = Path.Combine(_host.Folder, "dictionary");
        File.WriteAllText(dictionary, "Back by seven. Back by eight.");
        _host.Write("a", "Back by seven. Back by eight.");

        Assert.Equal(0, _host.Run("--try", "--message", "-D", dictionary, _host.Files));

        Assert.Equal(
            [
                "       Content    Without -D       With -D    Saved    Ratio  File",
                $"            29            32             5   84.4 %   17.2 %  {_host.PathOf("a")}",
                string.Empty,
            ],
            _host.OutputText.Split('\n'));
    }

    [Fact]
    public void Json_has_the_sizes()
    {
        var dictionary = _host.Write("dictionary", "Back by seven. Back by eight.");
        _host.Input = new MemoryStream("Back by seven."u8.ToArray());

        Assert.Equal(0, _host.Run("--try", "--message", "--json", "-D", dictionary, "-"));

        Assert.Equal(
            """{"operation":"try","input":"-","contentBytes":14,"compressedBytes":5,"compressedBytesWithoutDictionary":17}""" + "\n",
            _host.OutputText);
    }

    [Fact]
    public void Archives_can_be_tried_too()
    {
        Assert.Equal(0, _host.Run("--try", "-9", _host.Write("a", "seven")));

        Assert.Equal(9, _host.Codec!.LastCompress!.Level);
        Assert.EndsWith("a\n", _host.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_fails_does_not_end_the_trial()
    {
        var file = _host.Write("a", "seven");

        Assert.Equal(1, _host.Run("--try", "--message", _host.PathOf("missing"), file));
        Assert.EndsWith("a\n", _host.OutputText, StringComparison.Ordinal);
    }
}
