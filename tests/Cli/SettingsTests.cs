using System.Text;
using NacrithOnnx.Release;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

public sealed class SettingsTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    private string MakeModel(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_host.Folder, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "manifest.json"), "{}");
        return folder;
    }

    private string ModelUsed(params string[] arguments)
    {
        Assert.Equal(0, _host.Run([.. arguments, "-f", _host.Write("a", "x")]));
        return _host.Codec!.Settings.ModelFolder;
    }

    [Fact]
    public void The_model_is_taken_from_option_then_variable_then_beside_the_program()
    {
        var option = MakeModel("option");
        var variable = MakeModel("variable");

        Assert.Equal(Path.Combine(_host.BaseFolder, "models", "onnx"), ModelUsed());
        _host.Variables["NACRITH_MODEL"] = variable;
        Assert.Equal(variable, ModelUsed());
        Assert.Equal(option, ModelUsed("--model", option));
    }

    [Fact]
    public void In_a_checkout_the_model_is_found_above_the_program()
    {
        var root = _host.BaseFolder;
        File.WriteAllText(Path.Combine(root, "NacrithOnnx.sln"), string.Empty);
        _host.BaseFolder = Directory.CreateDirectory(Path.Combine(root, "src", "Cli", "bin")).FullName;

        Assert.Equal(Path.Combine(root, "models", "onnx"), ModelUsed());
    }

    [Fact]
    public void Outside_a_checkout_no_folder_above_the_program_is_searched()
    {
        _host.BaseFolder = Directory.CreateDirectory(Path.Combine(_host.BaseFolder, "bin")).FullName;
        _host.Variables["XDG_DATA_DIRS"] = Path.Combine(_host.Folder, "none");

        Assert.Equal(1, _host.Run(_host.Write("a", "x")));
        Assert.Contains("no model", _host.ErrorText, StringComparison.Ordinal);
    }

    [UnixFact]
    public void The_model_is_found_in_the_share_folder_beside_bin_and_in_the_data_folders_of_the_system()
    {
        Directory.Delete(Path.Combine(_host.BaseFolder, "models"), recursive: true);
        var system = MakeModel(Path.Combine("system", "nacrith", "models", "onnx"));
        _host.Variables["XDG_DATA_DIRS"] = "relative:" + Path.Combine(_host.Folder, "system");

        Assert.Equal(system, ModelUsed());
        var share = MakeModel(Path.Combine("share", "nacrith", "models", "onnx"));
        Assert.Equal(share, ModelUsed());
    }

    [Fact]
    public void A_model_packed_behind_the_program_comes_before_those_beside_it()
    {
        var program = Path.Combine(_host.Folder, "packed");
        var manifest = Path.Combine(_host.BaseFolder, "models", "onnx", "manifest.json");
        FilePacker.Pack(_host.Write("bare", "program"), program, [manifest]);

        Assert.Equal(program, ModelUsed("--model", program));
        _host.Pack = PackedFiles.TryOpen(program);
        Assert.Equal(program, ModelUsed());
    }

    [Fact]
    public void The_data_folder_is_the_last_resort()
    {
        Directory.Delete(Path.Combine(_host.BaseFolder, "models"), recursive: true);
        var data = MakeModel(Path.Combine("data", "nacrith", "models", "onnx"));

        Assert.Equal(data, ModelUsed());
    }

    [Theory]
    [InlineData("--model")]
    [InlineData("NACRITH_MODEL")]
    public void A_named_folder_without_a_model_is_an_error_and_not_passed_over(string origin)
    {
        var missing = Path.Combine(_host.Folder, "missing");
        var file = _host.Write("a", "x");
        _host.Variables["NACRITH_MODEL"] = missing;

        Assert.Equal(1, origin == "--model" ? _host.Run("--model", missing, file) : _host.Run(file));
        Assert.Contains(origin + " names", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(["a"], _host.Names());
    }

    [Fact]
    public void The_current_folder_is_never_searched()
    {
        Directory.Delete(Path.Combine(_host.BaseFolder, "models"), recursive: true);

        // The tests run below the checkout; the program must not find its models folder from there.
        Assert.Equal(1, _host.Run(_host.Write("a", "x")));
        Assert.Contains("no model", _host.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_without_text_needs_no_model()
    {
        Directory.Delete(Path.Combine(_host.BaseFolder, "models"), recursive: true);
        var archive = _host.WriteArchive("a.ncx", "content"u8.ToArray());

        Assert.Equal(0, _host.Run("-dc", archive));
        Assert.Equal("content", _host.OutputText);
        Assert.Equal(0, _host.Run("-t", archive));
        Assert.Equal(1, _host.Run("-d", "--model", "missing", archive));
    }

    [Fact]
    public void Without_a_model_the_error_for_text_lists_the_searched_folders()
    {
        Directory.Delete(Path.Combine(_host.BaseFolder, "models"), recursive: true);
        _host.CodecFactory = _ => throw new EnvironmentException("cannot be read");

        Assert.Equal(1, _host.Run("-dc", _host.WriteArchive("a.ncx", "content"u8.ToArray())));
        Assert.StartsWith("nacrith: there is no model beside the program or in ", _host.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Level_threads_and_workers_come_from_the_environment_unless_options_override_it()
    {
        _host.Variables["NACRITH_LEVEL"] = "3";
        _host.Variables["NACRITH_THREADS"] = "5";
        _host.Variables["NACRITH_WORKERS"] = "4";
        var file = _host.Write("a", "x");

        Assert.Equal(0, _host.Run(file));
        Assert.Equal((3, 5, 4), Settings());
        Assert.Equal(0, _host.Run("-f9", "-T1", "-w2", file));
        Assert.Equal((9, 1, 2), Settings());
        Assert.Equal(1, _host.Codec!.LastCompress!.ContentLength);

        (int Level, int Threads, int Workers) Settings() =>
            (_host.Codec!.LastCompress!.Level, _host.Codec.Settings.Threads, _host.Codec.Settings.Workers);
    }

    [Fact]
    public void Memory_is_limited_in_both_directions_and_what_does_not_fit_is_one_line()
    {
        _host.CodecFactory = settings =>
            new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, settings.Threads) { TriesCoders = false });
        var file = _host.Write("a", Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "texts", "asyoulik.txt")), 10_000, 3000));

        Assert.Equal(2, _host.Run("-M20M", file));
        Assert.StartsWith($"nacrith: {file}: the text needs ", _host.ErrorText, StringComparison.Ordinal);
        Assert.EndsWith(" MiB\n", _host.ErrorText, StringComparison.Ordinal);
        Assert.Single(_host.ErrorText.TrimEnd().Split('\n'));
        Assert.False(File.Exists(file + ".ncx"));
        Assert.Equal(0, _host.Run("-M1G", "--verify", file));
        Assert.Equal(2, _host.Run("-tM20M", file + ".ncx"));
        Assert.Equal(0, _host.Run("-tM1G", file + ".ncx"));
    }

    [Theory]
    [InlineData("NACRITH_LEVEL", "10")]
    [InlineData("NACRITH_LEVEL", "-1")]
    [InlineData("NACRITH_THREADS", "many")]
    [InlineData("NACRITH_WORKERS", "-1")]
    [InlineData("NACRITH_DEVICE", "gpu")]
    public void A_bad_variable_is_a_warning(string name, string value)
    {
        _host.Variables[name] = value;

        Assert.Equal(0, _host.Run(_host.Write("a", "x")));
        Assert.StartsWith($"nacrith: {name} is ignored: ", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(CompressOptions.DefaultLevel, _host.Codec!.LastCompress!.Level);
        Assert.Equal(_host.ProcessorCount, _host.Codec.Settings.Threads);
    }

    [Fact]
    public void Threads_above_the_processors_are_reduced_with_a_note()
    {
        _host.ProcessorCount = 2;
        var file = _host.Write("a", "x");

        Assert.Equal(0, _host.Run("-T64", file));
        Assert.Equal((2, string.Empty), (_host.Codec!.Settings.Threads, _host.ErrorText));
        Assert.Equal(0, _host.Run("-f", "-v", "-T3", file));
        Assert.Equal(2, _host.Codec!.Settings.Threads);
        Assert.StartsWith("nacrith: -T3 is cut to 2, the processors available\n", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("-f", "-T1", file));
        Assert.Equal(1, _host.Codec!.Settings.Threads);
    }

    [Fact]
    public void Threads_do_not_change_the_archive()
    {
        var file = _host.Write("a", new byte[10_000]);
        Assert.Equal(0, _host.Run("-T1", "-c", file));
        var one = _host.OutputBytes;

        Assert.Equal(0, _host.Run("-T7", "-c", file));
        Assert.Equal(one, _host.OutputBytes);
    }

    [Fact]
    public void The_model_is_loaded_once_and_closed()
    {
        var opened = 0;
        var factory = _host.CodecFactory;
        _host.CodecFactory = settings =>
        {
            opened++;
            return factory(settings);
        };

        Assert.Equal(0, _host.Run(_host.Write("a", "x"), _host.Write("b", "y")));
        Assert.Equal(1, opened);
        Assert.True(_host.Codec!.IsDisposed);
    }

    [Fact]
    public void The_version_shows_what_machines_must_share()
    {
        Assert.Equal(0, _host.Run("-V"));

        Assert.Matches(@"^nacrith \d+\.\d+\.\d+\S*\nformat       1\.0\nmodel        fake, [0-9a-f]{64}\narithmetic   fake-1\nlevel 9      [0-9a-f]{64}, fake-2\nONNX Runtime 0\.0\.0, FakeExecutionProvider\nmodel folder .+\n$", _host.OutputText);
    }

    [Fact]
    public void The_version_is_shown_without_a_model_too()
    {
        Directory.Delete(Path.Combine(_host.BaseFolder, "models"), recursive: true);

        Assert.Equal(0, _host.Run("--version"));
        Assert.Contains("model        none: ", _host.OutputText, StringComparison.Ordinal);
    }
}
