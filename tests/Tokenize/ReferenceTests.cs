using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>Ids equal to those of Hugging Face tokenizers, which made tokens.json.</summary>
public sealed class ReferenceTests
{
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllBytes(SmolLm2.InRepository("tests/Tokenize/tokens.json"))).RootElement;

    public static TheoryData<int> Strings =>
        [.. Enumerable.Range(0, Reference.GetProperty("strings").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Strings))]
    public void A_string_gives_the_ids_of_the_reference(int index)
    {
        var entry = Reference.GetProperty("strings")[index];
        var expected = entry.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32());

        Assert.Equal(expected, SmolLm2.Encode(Encoding.UTF8.GetBytes(entry.GetProperty("text").GetString()!)));
    }

    [Theory]
    [InlineData("alice29.txt")]
    [InlineData("asyoulik.txt")]
    [InlineData("enwik8-first-512k")]
    public void A_file_gives_the_ids_of_the_reference(string name)
    {
        var entry = Reference.GetProperty("files").GetProperty(name);
        var text = SmolLm2.Text(name);
        var tokens = SmolLm2.Encode(text);
        var bytes = new byte[tokens.Length * sizeof(int)];
        for (var i = 0; i < tokens.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), tokens[i]);
        }

        Assert.Equal(entry.GetProperty("tokens").GetInt32(), tokens.Length);
        Assert.Equal(entry.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(text, SmolLm2.Decode(tokens));
    }

    [Fact]
    public void The_vocabulary_and_the_start_token_are_those_of_the_model()
    {
        Assert.Equal(49152, SmolLm2.Tokenizer.VocabularySize);
        Assert.Equal(0, SmolLm2.Tokenizer.StartToken);
        Assert.Equal("hello"u8, SmolLm2.Tokenizer.Bytes(28120));
        Assert.True(SmolLm2.Tokenizer.Bytes(SmolLm2.Tokenizer.StartToken).IsEmpty);
    }
}
