using System.Text.Json.Nodes;
using NacrithOnnx.Export;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>From tokenizer.json to tokenizer.bin.</summary>
public sealed class TokenizerConverterTests
{
    private static readonly TokenizerDefinition Small = new(
        3,
        0,
        2,
        Enumerable.Range(0, 256).Select(value => (byte)value).ToArray(),
        new[] { Pair('a', 'b'), Pair(' ', 'c') });

    public static TheoryData<string, string> Unsupported => new()
    {
        { "normalizer", """{"type":"NFC"}""" },
        { "pre_tokenizer", "null" },
        { "pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":false}""" },
        { "pre_tokenizer.pretokenizers.0", """{"type":"Digits","individual_digits":false}""" },
        { "pre_tokenizer.pretokenizers.1", """{"type":"ByteLevel","add_prefix_space":true}""" },
        { "pre_tokenizer.pretokenizers.1", "null" },
        { "added_tokens.0", "null" },
        { "added_tokens.1", """{"id":1,"content":"<special_1>","special":false}""" },
        { "added_tokens.1", """{"id":0,"content":"<|endoftext|>","special":true}""" },
        { "added_tokens.2", """{"id":-1,"content":"x","special":true}""" },
        { "added_tokens.0", """{"id":0,"content":"<other>","special":true}""" },
        { "added_tokens", "null" },
        { "model", "null" },
        { "model.type", "\"Unigram\"" },
        { "model.dropout", "0.1" },
        { "model.byte_fallback", "true" },
        { "model.ignore_merges", "true" },
        { "model.unk_token", "\"<unk>\"" },
        { "model.end_of_word_suffix", "\"</w>\"" },
        { "model.vocab", "null" },
        { "model.vocab.ab", "3" },
        { "model.vocab.ab", "-1" },
        { "model.vocab.more", "261" },
        { "model.merges.0", """["b","a"]""" },
        { "model.merges.0", """["a"]""" },
        { "model.merges.0", """["x"," y"]""" },
        { "model.merges.0", "7" },
        { "model.merges", "[]" },
    };

    [Fact]
    public void The_real_tokenizer_converts_to_the_committed_file()
    {
        var json = TokenizerJson.Of(TokenizerFile.Read(SmolLm2.File));

        Assert.True(SmolLm2.File.AsSpan().SequenceEqual(TokenizerConverter.Convert(TokenizerJson.Bytes(json))));
    }

    [Fact]
    public void A_small_tokenizer_converts()
    {
        var file = TokenizerConverter.Convert(TokenizerJson.Bytes(TokenizerJson.Of(Small)));

        Assert.Equal(TokenizerFile.Write(Small), file);
        Assert.Equal(" c"u8, Tokenizer.Load(file).Bytes(260));
    }

    [Fact]
    public void Merges_may_be_strings_as_in_older_files()
    {
        var json = TokenizerJson.Of(Small);
        json["model"]!["merges"] = new JsonArray("a b", "Ġ c");

        Assert.Equal(TokenizerFile.Write(Small), TokenizerConverter.Convert(TokenizerJson.Bytes(json)));
    }

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void Another_kind_of_tokenizer_is_refused(string path, string value)
    {
        var json = TokenizerJson.Of(Small);
        var names = path.Split('.');
        JsonNode parent = json;
        foreach (var name in names[..^1])
        {
            parent = parent is JsonArray list ? list[name[0] - '0']! : parent[name]!;
        }

        if (parent is JsonArray array)
        {
            array[names[^1][0] - '0'] = JsonNode.Parse(value);
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        Assert.Throws<EnvironmentException>(() => TokenizerConverter.Convert(TokenizerJson.Bytes(json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"model":{"vocab":{"a":0,"a":1}}}""")]
    [InlineData("""{"model":{"vocab":{"\ud800":0}}}""")]
    public void What_is_not_a_tokenizer_is_refused(string json) =>
        Assert.Throws<EnvironmentException>(
            () => TokenizerConverter.Convert(System.Text.Encoding.UTF8.GetBytes(json)));

    private static uint Pair(int left, int right) => TokenizerDefinition.Pair(left + 3, right + 3);
}
