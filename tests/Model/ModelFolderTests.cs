using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Tests.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Model;

/// <summary>
/// A folder whose files are not the manifest's is refused, and so is one with a weight for which products are not exact,
/// though its hashes are right.
/// </summary>
public sealed class ModelFolderTests : IDisposable
{
    private const string Weights = "weights.0.bin";
    private const string Embedding = "embedding";
    private const string Down = "layers.0.down";

    private readonly TemporaryFolder _folder = new();

    public ModelFolderTests()
    {
        foreach (var file in Directory.GetFiles(TinyModel.Codec.Folder))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Embedding, 65)]
    [InlineData(Embedding, -65)]
    [InlineData(Embedding, 127)]
    [InlineData("layers.0.qkv", 65)]
    [InlineData("layers.0.output", 65)]
    [InlineData("layers.0.gate_up", 65)]
    [InlineData(Down, -128)]
    public void A_weight_beyond_the_exact_range_is_refused_wherever_it_stands(string matrix, sbyte weight)
    {
        var length = Location(matrix).Length;
        foreach (var index in (long[])[0, 1, length / 2, length - 2, length - 1])
        {
            var original = Forge(matrix, index, weight);
            Rehash();

            var exception = Assert.Throws<EnvironmentException>(() => Verify("fast"));

            Assert.Contains($"{Weights}: a weight of {matrix} is outside", exception.Message, StringComparison.Ordinal);
            Forge(matrix, index, original);
        }
    }

    [Theory]
    [InlineData(Embedding, 64, "fast")]
    [InlineData(Embedding, -64, "fast")]
    [InlineData(Down, 127, "fast")]
    [InlineData(Down, -127, "fast")]
    [InlineData(Embedding, 127, "precise")]
    public void A_weight_at_the_edge_of_the_range_is_good(string matrix, sbyte weight, string plan)
    {
        Forge(matrix, 1, weight);
        Rehash();

        Verify(plan);
    }

    [Fact]
    public void A_forged_weight_is_refused_by_the_codec_too()
    {
        Forge(Down, 0, -128);
        Rehash();
        using var codec = TinyCodec.Open(_folder.Path);

        var exception = Assert.Throws<EnvironmentException>(() => codec.Compress(TinyCodec.Prose[..500], 6));

        Assert.Contains("a weight of layers.0.down is outside -127..127", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Weights)]
    [InlineData("model.fast.onnx")]
    [InlineData("selftest.onnx")]
    [InlineData("tokenizer.bin")]
    public void A_damaged_file_is_named(string file)
    {
        var bytes = File.ReadAllBytes(_folder.File(file));
        bytes[^1] ^= 1;
        File.WriteAllBytes(_folder.File(file), bytes);
        using var codec = TinyCodec.Open(_folder.Path);

        var exception = Assert.Throws<EnvironmentException>(() => codec.Compress(TinyCodec.Prose[..500], 6));

        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Weights)]
    [InlineData("model.fast.onnx")]
    [InlineData("selftest.onnx")]
    [InlineData("tokenizer.bin")]
    public void A_missing_file_is_named(string file)
    {
        File.Delete(_folder.File(file));
        using var codec = TinyCodec.Open(_folder.Path);

        var exception = Assert.Throws<EnvironmentException>(() => codec.Compress(TinyCodec.Prose[..500], 6));

        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_is_no_ONNX_file_is_refused()
    {
        var graph = File.ReadAllBytes(_folder.File("model.fast.onnx"));
        foreach (var length in (int[])[1, 2, 100, graph.Length / 2, graph.Length - 1])
        {
            _folder.Write("model.fast.onnx", graph.AsSpan(0, length));
            Rehash();

            Assert.Throws<EnvironmentException>(() => Verify("fast"));
        }
    }

    [Fact]
    public void Every_matrix_of_the_real_model_is_within_its_range()
    {
        var real = new ModelFolder(Path.Combine(Repository.Root, "models", "onnx"));

        Assert.All(real.Manifest.Graphs.Values, real.VerifyModel);
    }

    private void Verify(string plan)
    {
        var folder = new ModelFolder(_folder.Path);
        folder.VerifyModel(folder.Manifest.Graphs[plan]);
    }

    /// <summary>Changes one weight and returns what it was.</summary>
    private sbyte Forge(string matrix, long index, sbyte weight)
    {
        var (offset, length) = Location(matrix);
        Assert.InRange(index, 0, length - 1);
        using var file = File.Open(_folder.File(Weights), FileMode.Open);
        file.Position = offset + index;
        var original = (sbyte)file.ReadByte();
        file.Position = offset + index;
        file.WriteByte((byte)weight);
        return original;
    }

    /// <summary>Where a matrix lies in the weight file, as a reader of the test's own finds it in the graph.</summary>
    private (long Offset, long Length) Location(string matrix)
    {
        var model = new ProtobufMessage(File.ReadAllBytes(_folder.File("model.fast.onnx")));
        var places = model.Message(7).Messages(5).Single(tensor => tensor.Text(8) == matrix)
            .Messages(13).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));
        Assert.Equal(Weights, places["location"]);
        return (long.Parse(places["offset"]), long.Parse(places["length"]));
    }

    /// <summary>Makes the manifest true again.</summary>
    private void Rehash()
    {
        var manifest = new ModelFolder(_folder.Path).Manifest;
        var hashes = manifest.Hashes.Keys.ToDictionary(
            name => name, name => Sha256Digest.Compute(File.ReadAllBytes(_folder.File(name))));
        _folder.Write(ModelManifest.FileName, (manifest with { Hashes = hashes }).ToJson());
    }
}
