using System.Text;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Export;

public sealed class WeightsSafetensorsTests : IDisposable
{
    private const string Model = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_is_read_with_its_shape_and_all_weights()
    {
        using var source = Open(TinyLlama.Safetensors(_ => true));

        AssertIsTinyLlama(source);
        Assert.Equal([Model, "config.json"], source.Hash().Select(file => file.Name));
    }

    [Fact]
    public void A_model_in_shards_is_read_through_its_index()
    {
        WriteShards("first.safetensors");

        using var source = new SafetensorsWeights(_folder.File(Index));

        AssertIsTinyLlama(source);
        Assert.Equal(4, source.Hash().Count);
    }

    [Theory]
    [InlineData("../first.safetensors")]
    [InlineData("second.safetensors")]
    [InlineData("absent.safetensors")]
    [InlineData("")]
    [InlineData(@"\ud800")]
    public void An_index_that_names_a_wrong_file_is_refused(string shard)
    {
        WriteShards(shard);

        Assert.Throws<EnvironmentException>(() => new SafetensorsWeights(_folder.File(Index)));
    }

    [Fact]
    public void Halves_of_both_kinds_are_read()
    {
        var builder = TinyLlama.Safetensors(name => name is not (LlamaTensors.Norm or LlamaTensors.Embedding))
            .Tensor(LlamaTensors.Norm, "BF16", [8], [.. Enumerable.Repeat<byte[]>([0x80, 0xBF], 8).SelectMany(x => x)])
            .Tensor(LlamaTensors.Embedding, "F16", [5, 8], [.. Enumerable.Repeat<byte[]>([0, 0x3E], 40).SelectMany(x => x)]);

        using var source = Open(builder);

        Assert.Equal(Enumerable.Repeat(-1f, 8), source.Read(LlamaTensors.Norm));
        Assert.Equal(Enumerable.Repeat(1.5f, 40), source.Read(LlamaTensors.Embedding));
    }

    [Fact]
    public void Copies_of_what_is_known_anyway_are_passed_over()
    {
        var builder = TinyLlama.Safetensors(_ => true)
            .Tensor(LlamaTensors.Head, "F32", [5, 8], new byte[160])
            .Tensor("model.layers.0.self_attn.rotary_emb.inv_freq", "F32", [2], new byte[8]);

        using var source = Open(builder);

        AssertIsTinyLlama(source);
    }

    [Fact]
    public void A_head_of_its_own_is_read()
    {
        byte[] head = [.. Enumerable.Repeat<byte[]>([0, 0, 0x80, 0x3F], 40).SelectMany(x => x)];
        var builder = TinyLlama.Safetensors(_ => true).Tensor(LlamaTensors.Head, "F32", [5, 8], head);

        using var source = Open(builder, Changed("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false"));

        Assert.False(source.Shape.TiedEmbeddings);
        Assert.Equal(Enumerable.Repeat(1f, 40), source.Read(LlamaTensors.Head));
    }

    [Fact]
    public void The_base_of_the_positions_is_found_where_newer_files_have_it()
    {
        var config = Changed(
            "\"rope_scaling\": null, \"rope_theta\": 100000",
            "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 100000.0}");

        using var source = Open(TinyLlama.Safetensors(_ => true), config);

        Assert.Equal(TinyLlama.Shape, source.Shape);
    }

    [Theory]
    [InlineData("LlamaForCausalLM", "Qwen2ForCausalLM", "Qwen2ForCausalLM")]
    [InlineData("silu", "gelu", "gelu")]
    [InlineData("\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"llama3\"}", "positions")]
    [InlineData("\"rope_scaling\": null", "\"rope_parameters\": {\"rope_type\": \"yarn\"}", "positions")]
    [InlineData("\"rope_scaling\": null", "\"attention_bias\": true", "biases")]
    [InlineData("\"num_hidden_layers\": 1", "\"num_hidden_layers\": 2", "model.layers.1.")]
    [InlineData("\"num_hidden_layers\": 1", "\"num_hidden_layers\": 0", "number of layers")]
    [InlineData("\"num_hidden_layers\": 1", "\"num_hidden_layers\": \"1\"", "num_hidden_layers")]
    [InlineData("\"num_attention_heads\": 2", "\"num_attention_heads\": 0", "number of heads")]
    [InlineData("\"vocab_size\": 5", "\"vocab_size\": 99999999999", "vocab_size")]
    [InlineData("\"vocab_size\": 5", "\"vocab_size\": 5, \"vocab_size\": 5", "twice")]
    [InlineData("\"bos_token_id\": 2", "\"bos_token_id\": 5", "start token")]
    [InlineData("[\"LlamaForCausalLM\"]", "[null]", "architectures")]
    [InlineData("}", "", "JSON")]
    public void A_configuration_of_something_else_is_refused(string text, string replacement, string because)
    {
        var failure = Assert.Throws<EnvironmentException>(
            () => Open(TinyLlama.Safetensors(_ => true), Changed(text, replacement)));

        Assert.Contains(because, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_configuration_is_refused()
    {
        var path = _folder.Write(Model, TinyLlama.Safetensors(_ => true).Build());

        Assert.Throws<EnvironmentException>(() => new SafetensorsWeights(path));
    }

    [Theory]
    [InlineData("\"x\":null")]
    [InlineData("\"x\":{}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4]}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,4]}")]
    [InlineData("\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}")]
    [InlineData("\"x\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}")]
    [InlineData("\"x\":{\"dtype\":1,\"shape\":[1],\"data_offsets\":[0,4]}")]
    [InlineData("\"\\ud800\":{}")]
    public void A_broken_entry_is_refused(string entry) =>
        Assert.Throws<EnvironmentException>(() => Open(TinyLlama.Safetensors(_ => true).Entry(entry)));

    [Fact]
    public void Every_truncation_is_refused()
    {
        _folder.Write("config.json", Encoding.UTF8.GetBytes(TinyLlama.Config));
        var file = TinyLlama.Safetensors(_ => true).Build();
        for (var length = 0; length < file.Length; length += length < 1500 ? 7 : 41)
        {
            var path = _folder.Write(Model, file.AsSpan(0, length));
            Assert.Throws<EnvironmentException>(() => new SafetensorsWeights(path));
        }
    }

    [Fact]
    public void The_format_of_a_file_is_recognised()
    {
        _folder.Write("config.json", Encoding.UTF8.GetBytes(TinyLlama.Config));
        using var gguf = WeightSources.Open(_folder.Write("a", TinyLlama.Gguf().Build()));
        using var safetensors = WeightSources.Open(_folder.Write("b", TinyLlama.Safetensors(_ => true).Build()));

        Assert.IsType<GgufWeights>(gguf);
        Assert.IsType<SafetensorsWeights>(safetensors);
    }

    private static string Changed(string text, string replacement)
    {
        Assert.Contains(text, TinyLlama.Config, StringComparison.Ordinal);
        return TinyLlama.Config.Replace(text, replacement, StringComparison.Ordinal);
    }

    private static void AssertIsTinyLlama(SafetensorsWeights source)
    {
        Assert.Equal(TinyLlama.Shape, source.Shape);
        Assert.All(
            LlamaTensors.Of(source.Shape),
            tensor => Assert.Equal(TinyLlama.Weights(tensor.Name), source.Read(tensor.Name)));
    }

    private SafetensorsWeights Open(SafetensorsBuilder builder, string config = TinyLlama.Config)
    {
        _folder.Write("config.json", Encoding.UTF8.GetBytes(config));
        return new SafetensorsWeights(_folder.Write(Model, builder.Build()));
    }

    // Two files, of which the first has the layer; the index gives its tensors the name asked for.
    private void WriteShards(string firstName)
    {
        static bool InFirst(string name) => name.StartsWith("model.layers", StringComparison.Ordinal);

        _folder.Write("config.json", Encoding.UTF8.GetBytes(TinyLlama.Config));
        _folder.Write("first.safetensors", TinyLlama.Safetensors(InFirst).Build());
        _folder.Write("second.safetensors", TinyLlama.Safetensors(name => !InFirst(name)).Build());
        var map = LlamaTensors.Of(TinyLlama.Shape)
            .Select(tensor => $"\"{tensor.Name}\":\"{(InFirst(tensor.Name) ? firstName : "second.safetensors")}\"");
        _folder.Write(Index, Encoding.UTF8.GetBytes($"{{\"weight_map\":{{{string.Join(',', map)}}}}}"));
    }
}
