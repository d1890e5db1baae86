using System.Diagnostics;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

public sealed class FileTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 10_000).Select(index => (byte)(index * 7))];

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_file_is_compressed_beside_itself_and_comes_back()
    {
        var file = _host.Write("a.txt", Content);

        Assert.Equal(0, _host.Run(file));
        Assert.Equal(["a.txt", "a.txt.ncx"], _host.Names());
        Assert.Equal(string.Empty, _host.ErrorText);
        File.Delete(file);
        Assert.Equal(0, _host.Run("-d", file + ".ncx"));
        Assert.Equal(Content, _host.Read("a.txt"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Tiny_content_survives_a_round_trip(int length)
    {
        var file = _host.Write("a", Content[..length]);

        Assert.Equal(0, _host.Run(file));
        Assert.Equal(0, _host.Run("-d", "-f", file + ".ncx"));
        Assert.Equal(Content[..length], _host.Read("a"));
    }

    [Fact]
    public void Standard_input_goes_to_standard_output()
    {
        _host.Input = new MemoryStream(Content);
        Assert.Equal(0, _host.Run());
        _host.Input = new MemoryStream(_host.OutputBytes);

        Assert.Equal(0, _host.Run("-d", "-"));

        Assert.Equal(Content, _host.OutputBytes);
        Assert.Empty(_host.Names());
    }

    [Fact]
    public void Standard_input_can_go_to_a_file()
    {
        _host.Input = new MemoryStream(Content);

        Assert.Equal(0, _host.Run("-o", _host.PathOf("a.ncx")));

        Assert.Equal(["a.ncx"], _host.Names());
    }

    [Fact]
    public void Output_to_standard_output_makes_no_file()
    {
        var archive = _host.WriteArchive("a.ncx", Content);

        Assert.Equal(0, _host.Run("-dc", archive));

        Assert.Equal(Content, _host.OutputBytes);
        Assert.Equal(["a.ncx"], _host.Names());
    }

    [Fact]
    public void Modification_time_and_permissions_are_copied()
    {
        var file = _host.Write("a", Content);
        var time = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode | UnixFileMode.SetUser);
        }

        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(0, _host.Run(file));

        Assert.Equal(time, File.GetLastWriteTimeUtc(file + ".ncx"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(mode, File.GetUnixFileMode(file + ".ncx"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_existing_output_is_kept_without_force(bool terminal)
    {
        var file = _host.Write("a", Content);
        _host.Write("a.ncx", "old");
        _host.InputIsTerminal = _host.ErrorIsTerminal = terminal;
        _host.Answer = "n";

        Assert.Equal(1, _host.Run(file));

        Assert.Equal("old"u8.ToArray(), _host.Read("a.ncx"));
        Assert.Equal(["a", "a.ncx"], _host.Names());
        Assert.Equal(terminal, _host.ErrorText.Contains("(y/n)?", StringComparison.Ordinal));
        Assert.Null(_host.Codec?.LastCompress);
    }

    [Fact]
    public void An_existing_output_is_replaced_when_the_user_confirms()
    {
        var file = _host.Write("a", Content);
        _host.Write("a.ncx", "old");
        _host.InputIsTerminal = _host.ErrorIsTerminal = true;
        _host.Answer = "y";

        Assert.Equal(0, _host.Run(file));
        Assert.NotEqual("old"u8.ToArray(), _host.Read("a.ncx"));
    }

    [Fact]
    public void An_existing_output_is_replaced_with_force()
    {
        var file = _host.Write("a", Content);
        _host.Write("a.ncx", "old");

        Assert.Equal(0, _host.Run("-f", file));
        Assert.NotEqual("old"u8.ToArray(), _host.Read("a.ncx"));
    }

    [Fact]
    public void An_output_that_appears_in_the_meantime_is_kept()
    {
        var file = _host.Write("a", Content);
        _host.CodecFactory = settings =>
        {
            _host.Write("a.ncx", "another program's");
            return new FakeCodec(settings);
        };

        Assert.Equal(1, _host.Run(file));

        Assert.Equal("another program's"u8.ToArray(), _host.Read("a.ncx"));
        Assert.Equal(["a", "a.ncx"], _host.Names());
    }

    [Fact]
    public void A_failed_overwrite_leaves_the_old_file()
    {
        var archive = _host.WriteArchive("a.ncx", Content);
        var bytes = File.ReadAllBytes(archive);
        bytes[^20] ^= 1;
        File.WriteAllBytes(archive, bytes);
        _host.Write("a", "old");

        Assert.Equal(2, _host.Run("-df", archive));

        Assert.Equal("old"u8.ToArray(), _host.Read("a"));
        Assert.Equal(["a", "a.ncx"], _host.Names());
    }

    [Theory]
    [InlineData("same")]
    [InlineData("symbolic")]
    [InlineData("hard")]
    public void The_input_itself_is_refused_as_output(string kind)
    {
        var file = _host.Write("a", Content);
        var output = kind == "same" ? file : _host.PathOf("b");
        if (kind == "symbolic")
        {
            File.CreateSymbolicLink(output, file);
        }
        else if (kind == "hard")
        {
            using var link = Process.Start("ln", [file, output]);
            link.WaitForExit();
        }

        Assert.Equal(1, _host.Run("-f", "-o", output, file));

        Assert.Contains("is the input itself", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(Content, File.ReadAllBytes(file));
        Assert.Equal(Content, File.ReadAllBytes(output));
    }

    [Fact]
    public void A_folder_is_refused_as_input_and_output()
    {
        var folder = Directory.CreateDirectory(_host.PathOf("folder")).FullName;
        var file = _host.Write("a", Content);

        Assert.Equal(1, _host.Run(folder));
        Assert.Contains("is a folder; use -r", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("-f", "-o", folder, file));
        Assert.Equal(["a", "folder"], _host.Names());
    }

    [Theory]
    [InlineData("a.ncx", "already ends in .ncx", "-z")]
    [InlineData("a.txt", "does not end in .ncx", "-d")]
    [InlineData(".ncx", "has no name before .ncx", "-d")]
    public void A_name_that_does_not_fit_is_refused(string name, string reason, string mode)
    {
        var file = _host.WriteArchive(name, Content);

        Assert.Equal(1, _host.Run(mode, file));

        Assert.Contains(reason, _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal([name], _host.Names());
    }

    [Fact]
    public void The_input_is_removed_only_on_request()
    {
        var file = _host.Write("a", Content);

        Assert.Equal(0, _host.Run("--rm", file));
        Assert.Equal(["a.ncx"], _host.Names());
        Assert.Equal(0, _host.Run("-d", "--rm", file + ".ncx"));
        Assert.Equal(["a"], _host.Names());
        Assert.Equal(Content, _host.Read("a"));
    }

    [Theory]
    [InlineData("--rm")]
    [InlineData("--verify")]
    public void An_archive_that_does_not_decode_is_not_kept_and_the_input_is(string option)
    {
        var file = _host.Write("a", Content);
        _host.CodecFactory = settings => new FakeCodec(settings) { IsBroken = true };

        Assert.Equal(3, _host.Run(option, file));

        Assert.Equal($"nacrith: {file}: the new archive does not decode to the input and is not kept; this is a bug, please report it\n", _host.ErrorText);
        Assert.Equal(["a"], _host.Names());
    }

    [Fact]
    public void An_empty_input_can_be_removed()
    {
        Assert.Equal(0, _host.Run("--rm", _host.Write("a", string.Empty)));
        Assert.Equal(["a.ncx"], _host.Names());
    }

    [Fact]
    public void An_input_that_has_changed_is_not_removed()
    {
        var file = _host.Write("a", Content);
        _host.CodecFactory = settings =>
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
            return new FakeCodec(settings);
        };

        Assert.Equal(1, _host.Run("--rm", file));
        Assert.Equal(["a", "a.ncx"], _host.Names());
    }

    [Fact]
    public void Files_after_one_that_failed_are_processed_and_the_worst_code_counts()
    {
        var good = _host.WriteArchive("good.ncx", Content);
        var bad = _host.Write("bad.ncx", "no archive");

        Assert.Equal(2, _host.Run("-d", _host.PathOf("missing.ncx"), bad, good));

        Assert.Equal(["bad.ncx", "good", "good.ncx"], _host.Names());
        Assert.Equal(
            $"""
            nacrith: {_host.PathOf("missing.ncx")}: no such file or folder
            nacrith: {bad}: the input is not an .ncx archive
            nacrith: 2 of 3 files failed

            """,
            _host.ErrorText);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_byte_leaves_no_file()
    {
        var archive = File.ReadAllBytes(_host.WriteArchive("a.ncx", Content[..100]));
        for (var index = 0; index < archive.Length; index++)
        {
            byte[] flipped = [.. archive];
            flipped[index] ^= 0x10;
            Assert.Equal(2, _host.Run("-d", _host.Write("a.ncx", flipped)));
            Assert.Equal(2, _host.Run("-d", _host.Write("a.ncx", archive[..index])));
            Assert.Equal(["a.ncx"], _host.Names());
        }
    }

    [Fact]
    public void Concatenated_archives_decode_to_the_concatenated_contents()
    {
        var archive = File.ReadAllBytes(_host.WriteArchive("a.ncx", Content));
        _host.Write("a.ncx", [.. archive, .. archive]);

        Assert.Equal(0, _host.Run("-dc", _host.PathOf("a.ncx")));
        Assert.Equal([.. Content, .. Content], _host.OutputBytes);
    }

    [Fact]
    public void Foreign_bytes_after_an_archive_are_refused_unless_allowed()
    {
        var archive = File.ReadAllBytes(_host.WriteArchive("a.ncx", Content));
        var file = _host.Write("a.ncx", [.. archive, .. "garbage"u8]);

        Assert.Equal(2, _host.Run("-d", file));
        Assert.Equal(["a.ncx"], _host.Names());
        Assert.Equal(2, _host.Run("-l", file));
        Assert.Equal(0, _host.Run("-l", "--ignore-trailing", file));
        Assert.Equal(0, _host.Run("-d", "--ignore-trailing", file));
        Assert.Equal(Content, _host.Read("a"));
    }

    [Fact]
    public void A_range_is_cut_out()
    {
        var archive = _host.WriteArchive("a.ncx", Content);

        Assert.Equal(0, _host.Run("-dc", "--range", "4000,1K", archive));
        Assert.Equal(Content[4000..5024], _host.OutputBytes);
    }

    [Fact]
    public void Output_beyond_the_limit_is_refused()
    {
        var archive = _host.WriteArchive("a.ncx", Content);

        Assert.Equal(2, _host.Run("-d", "--max-output", "9999", archive));
        Assert.Equal(["a.ncx"], _host.Names());
        Assert.Equal(0, _host.Run("-d", "--max-output", "10000", archive));
    }

    [Fact]
    public void Testing_writes_nothing()
    {
        var archive = _host.WriteArchive("a.ncx", Content);

        Assert.Equal(0, _host.Run("-t", archive));
        Assert.Equal(string.Empty, _host.ErrorText + _host.OutputText);
        Assert.Equal(2, _host.Run("-t", _host.Write("b.ncx", "no archive")));
        Assert.Equal(["a.ncx", "b.ncx"], _host.Names());
    }

    [Fact]
    public void Cancelling_leaves_no_file_and_gives_the_code_of_the_signal()
    {
        var file = _host.Write("a", Content);
        _host.CodecFactory = settings =>
        {
            _host.Signal(143);
            return new FakeCodec(settings);
        };

        Assert.Equal(143, _host.Run(file));
        Assert.Equal(["a"], _host.Names());
        Assert.Equal(string.Empty, _host.ErrorText);
    }

    [Fact]
    public void A_bug_is_named_as_one_and_traced_on_request()
    {
        var file = _host.Write("a", Content);
        _host.CodecFactory = _ => throw new InvalidOperationException("broken");

        Assert.Equal(3, _host.Run(file));
        Assert.Single(_host.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("internal error", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(3, _host.Run("-vv", file));
        Assert.Contains("   at ", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(["a"], _host.Names());
    }

    [Fact]
    public void A_long_name_can_be_compressed()
    {
        var file = _host.Write(new string('a', 251), Content);

        Assert.Equal(0, _host.Run(file));
        Assert.Equal(2, _host.Names().Length);
    }
}
