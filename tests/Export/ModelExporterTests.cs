using System.Text;
using NacrithOnnx.Export;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Tests.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Export;

/// <summary>From a weight file to a model folder that compresses.</summary>
public sealed class ModelExporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_weights_give_the_same_bytes_again_and_from_either_format()
    {
        var first = Export("first", WriteGguf());
        var second = Export("second", WriteGguf());
        var other = Export("other", WriteSafetensors());

        var names = Names(first);
        Assert.Equal(
            [ModelManifest.FileName, "model.fast.onnx", "model.precise.onnx", "selftest.onnx", "small.0.bin", "tokenizer.bin"], names);
        Assert.Equal(names, Names(second));
        Assert.Equal(names, Names(other));
        foreach (var name in names)
        {
            Assert.Equal(Read(first, name), Read(second, name));
            Assert.Equal(name == ModelManifest.FileName, !Read(first, name).AsSpan().SequenceEqual(Read(other, name)));
        }
    }

    [Fact]
    public void What_is_exported_compresses()
    {
        using var codec = new NacrithCodec(new CodecSettings(Export("model", WriteGguf()), 1) { TriesCoders = false });
        var text = TinyCodec.Prose[..1000];

        var archive = codec.Compress(text, 6);

        Assert.Equal(text.Length, TinyCodec.Frame(archive).TextLength);
        Assert.Equal(text, codec.Decompress(archive));
    }

    [Fact]
    public void A_model_of_few_positions_is_exported_and_compresses()
    {
        // Fewer than the 256 tokens that calibration normally uses, and than any level's window.
        var weights = _folder.Write("short.gguf", SmallLlama.Gguf(positions: 96).Build());
        using var codec = new NacrithCodec(new CodecSettings(Export("model", weights), 1) { TriesCoders = false });
        foreach (var text in (byte[][])[TinyCodec.Prose[..1000], TinyCodec.Prose[..6000]])
        {
            Assert.Equal(text, codec.Decompress(codec.Compress(text, 6)));
        }
    }

    [Fact]
    public void The_manifest_names_what_the_model_was_made_from()
    {
        var weights = WriteGguf();
        var manifest = new ModelFolder(Export("model", weights)).Manifest;

        Assert.Equal(
            [("small.gguf", Sha256Digest.Compute(File.ReadAllBytes(weights))), ("tokenizer.json", Sha256Digest.Compute(SmallLlama.Tokenizer))],
            manifest.Sources.Select(source => (source.Key, source.Value)));
        Assert.Equal("small", manifest.Name);
        Assert.Equal((1, 64, 1, 1, 64, 32, 272, 1024, 0), (
            manifest.Shape.Layers, manifest.Shape.Hidden, manifest.Shape.Heads, manifest.Shape.KeyValueHeads,
            manifest.Shape.HeadSize, manifest.Shape.Intermediate, manifest.Shape.Vocabulary, manifest.Shape.Positions,
            manifest.Shape.StartToken));
    }

    [Fact]
    public void A_model_that_the_kernels_cannot_take_is_refused()
    {
        using var source = WeightSources.Open(_folder.Write("tiny.gguf", TinyLlama.Gguf().Build()));

        var exception = Assert.Throws<EnvironmentException>(
            () => new ModelExporter("tiny", source, SmallLlama.Tokenizer, TextWriter.Null).Export(_folder.File("model")));

        Assert.Contains("a head size of 64", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.File("model"), ModelManifest.FileName)));
    }

    [Fact]
    public void The_program_exports_and_refuses_with_its_exit_code()
    {
        var gguf = SmallLlama.Gguf().Build();
        _folder.Write("tokenizer.json", SmallLlama.Tokenizer);
        _folder.Write("good.gguf", gguf);
        _folder.Write("cut.gguf", gguf.AsSpan(0, gguf.Length - 100));
        _folder.Write("other.gguf", SmallLlama.Gguf().Text("general.architecture", "qwen2").Build());
        _folder.Write("noise", [1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal(0, Run("good.gguf", "tokenizer.json"));
        Assert.Equal(1, Run("cut.gguf", "tokenizer.json"));
        Assert.Equal(1, Run("other.gguf", "tokenizer.json"));
        Assert.Equal(1, Run("noise", "tokenizer.json"));
        Assert.Equal(1, Run("absent.gguf", "tokenizer.json"));
        Assert.Equal(1, Run("good.gguf", "noise"));
    }

    /// <summary>Runs the program; checks that only a successful run leaves a model.</summary>
    private int Run(string weights, string tokenizer)
    {
        var target = _folder.File("exported");
        string[] arguments =
            ["--name", "small", "--weights", _folder.File(weights), "--tokenizer", _folder.File(tokenizer), "--out", target];
        var code = (int)typeof(ModelExporter).Assembly.EntryPoint!.Invoke(null, [arguments])!;
        Assert.Equal(code == 0, File.Exists(Path.Combine(target, ModelManifest.FileName)));
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        return code;
    }

    private string Export(string name, string weights)
    {
        using var source = WeightSources.Open(weights);
        new ModelExporter("small", source, SmallLlama.Tokenizer, TextWriter.Null).Export(_folder.File(name));
        return _folder.File(name);
    }

    private string WriteGguf() => _folder.Write("small.gguf", SmallLlama.Gguf().Build());

    private string WriteSafetensors()
    {
        _folder.Write("config.json", Encoding.UTF8.GetBytes(SmallLlama.Config));
        return _folder.Write("small.safetensors", SmallLlama.Safetensors().Build());
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static byte[] Read(string folder, string name) => File.ReadAllBytes(Path.Combine(folder, name));
}
