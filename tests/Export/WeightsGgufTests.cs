using System.Security.Cryptography;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Export;

public sealed class WeightsGgufTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_model_is_read_with_its_shape_and_all_weights(uint version)
    {
        var builder = TinyLlama.Gguf();
        builder.Version = version;

        using var source = Open(builder.Build());

        Assert.Equal(TinyLlama.Shape, source.Shape);
        Assert.All(
            LlamaTensors.Of(source.Shape),
            tensor => Assert.Equal(TinyLlama.Weights(tensor.Name), source.Read(tensor.Name)));
    }

    [Fact]
    public void Rows_of_queries_and_keys_are_put_back_in_halves()
    {
        // Two heads of six rows, as Hugging Face has them and as llama.cpp has them.
        float[] halves = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        float[] pairs = [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11];

        Assert.Equal(halves, GgufWeights.SplitPairs(pairs, columns: 1, headRows: 6));
        Assert.Equal(
            [.. halves.SelectMany(row => new[] { row, -row })],
            GgufWeights.SplitPairs([.. pairs.SelectMany(row => new[] { row, -row })], columns: 2, headRows: 6));
    }

    [Fact]
    public void Values_are_found_at_the_alignment_the_file_names()
    {
        var builder = TinyLlama.Gguf().UInt32("general.alignment", 256);
        builder.Alignment = 256;

        using var source = Open(builder.Build());

        Assert.Equal(TinyLlama.Weights(LlamaTensors.Norm), source.Read(LlamaTensors.Norm));
    }

    [Fact]
    public void The_declared_start_token_serves_where_no_token_has_the_text_of_the_separator()
    {
        using var source = Open(TinyLlama.Gguf().Texts("tokenizer.ggml.tokens", "a", "b").Build());

        Assert.Equal(1, source.Shape.StartToken);
    }

    [Fact]
    public void The_hash_is_that_of_the_file()
    {
        var file = TinyLlama.Gguf().Build();
        using var source = Open(file);

        var expected = new SourceFile("model.gguf", Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal([expected], source.Hash());
    }

    [Fact]
    public void Other_architectures_are_refused_by_name() =>
        AssertRefused(TinyLlama.Gguf().Text("general.architecture", "qwen2"), "qwen2");

    [Fact]
    public void Scaled_positions_are_refused() =>
        AssertRefused(TinyLlama.Gguf().Text("llama.rope.scaling.type", "yarn"), "yarn");

    [Fact]
    public void A_key_that_may_change_the_model_is_refused() =>
        AssertRefused(TinyLlama.Gguf().UInt32("llama.expert_count", 8), "llama.expert_count");

    [Fact]
    public void Partly_rotated_heads_are_refused() =>
        AssertRefused(TinyLlama.Gguf().UInt32("llama.rope.dimension_count", 2), "llama.rope.dimension_count");

    [Fact]
    public void Biases_are_refused() =>
        AssertRefused(TinyLlama.Gguf().Tensor("blk.0.attn_q.bias", 0, [8], new byte[32]), "blk.0.attn_q.bias");

    [Fact]
    public void A_missing_tensor_is_named() =>
        AssertRefused(TinyLlama.Gguf().Without(TinyLlama.GgufQuery), "self_attn.q_proj.weight");

    [Fact]
    public void A_missing_value_is_named() =>
        AssertRefused(TinyLlama.Gguf().Without("llama.block_count"), "llama.block_count");

    [Fact]
    public void A_tensor_of_other_dimensions_is_refused() =>
        AssertRefused(TinyLlama.Gguf().Tensor(TinyLlama.GgufQuery, 0, [4, 8], new byte[128]), "[4,8] and not [8,8]");

    [Fact]
    public void A_type_that_cannot_be_read_is_named() =>
        AssertRefused(TinyLlama.Gguf().Tensor(TinyLlama.GgufQuery, 14, [8, 8], new byte[256]), "GGML type 14");

    [Fact]
    public void Two_names_of_one_tensor_are_refused() =>
        AssertRefused(TinyLlama.Gguf().Tensor("blk.00.attn_q.weight", 0, [8, 8], new byte[256]), "two names");

    [Fact]
    public void A_weight_that_is_no_number_is_refused_when_it_is_read()
    {
        byte[] nan = [.. Enumerable.Repeat((byte)0xFF, 32)];
        using var source = Open(TinyLlama.Gguf().Tensor("output_norm.weight", 0, [8], nan).Build());

        Assert.Throws<EnvironmentException>(() => source.Read(LlamaTensors.Norm));
    }

    [Fact]
    public void Another_version_is_refused()
    {
        var builder = TinyLlama.Gguf();
        builder.Version = 1;

        AssertRefused(builder, "version is 1");
    }

    [Fact]
    public void A_missing_file_is_a_clear_error() =>
        Assert.Throws<EnvironmentException>(() => new GgufWeights(_folder.File("absent.gguf")));

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = TinyLlama.Gguf().Build();

        // The last tensor fills its alignment, so the file has no byte to spare.
        for (var length = 0; length < file.Length; length += length < 2000 ? 1 : 37)
        {
            Assert.Throws<EnvironmentException>(() => Open(file.AsSpan(0, length)));
        }
    }

    [Fact]
    public void No_changed_byte_of_the_header_gives_any_other_kind_of_failure()
    {
        var builder = TinyLlama.Gguf();
        var file = builder.Build();
        var header = builder.HeaderLength;
        for (var i = 0; i < header; i++)
        {
            foreach (var change in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
            {
                file[i] ^= change;
                ReadAllOrRefuse(file);
                file[i] ^= change;
            }
        }
    }

    private void ReadAllOrRefuse(byte[] file)
    {
        try
        {
            using var source = Open(file);
            foreach (var (name, _) in LlamaTensors.Of(source.Shape))
            {
                source.Read(name);
            }
        }
        catch (EnvironmentException)
        {
            // One of the two allowed outcomes.
        }
    }

    private GgufWeights Open(ReadOnlySpan<byte> file) => new(_folder.Write("model.gguf", file));

    private void AssertRefused(GgufBuilder builder, string because)
    {
        var failure = Assert.Throws<EnvironmentException>(() => Open(builder.Build()));
        Assert.Contains(because, failure.Message, StringComparison.Ordinal);
    }
}
