using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.Tokenizers;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>
/// Ids equal to those of Microsoft.ML.Tokenizers, with the vocabulary and the merges of tokenizer.bin. Compares only
/// text that both accept: the package classifies each half of a surrogate pair separately, does not accept invalid
/// UTF-8, and drops bytes that have no token.
/// </summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const double Seconds = 3;

    private static readonly TokenizerDefinition Definition = TokenizerFile.Read(SmolLm2.File);

    /// <summary>One word; the composite passes the text between matches to the next pattern.</summary>
    private static readonly Regex Number = new(@"\p{N}", RegexOptions.CultureInvariant);

    private static readonly BpeTokenizer Package = Create();

    /// <summary>Every character outside the surrogates whose bytes all have tokens.</summary>
    private static readonly char[] Characters = Enumerable.Range(0, 0x10000).Select(code => (char)code)
        .Where(character => !char.IsSurrogate(character) && HasTokens(character)).ToArray();

    private static readonly string[] Words =
    [
        "the", "Alice", "don't", "we'll", "'s", "'S", "1865", "3.14", "٣²Ⅷ", "café", "naïve", "Привет", "日本語", "ǅª", "e\u0301",
        "C:\\x", "/* */", "&quot;", "[[link|text]]", "<|endoftext|>", "—", "\u00a0", "\u3000", "\u200b", "\u2028",
    ];

    private static readonly string[] Ends = [" ", " ", " ", "  ", "\n", "\r\n", "\t", ".\n", "\n\n\n", "    "];

    [Theory]
    [InlineData("alice29.txt")]
    [InlineData("asyoulik.txt")]
    [InlineData("enwik8-first-512k")]
    public void A_file_has_the_ids_of_the_package(string name)
    {
        // Skips the few characters that the package treats differently.
        var text = string.Concat(
            Encoding.UTF8.GetString(SmolLm2.Text(name)).Where(character => Array.BinarySearch(Characters, character) >= 0));

        Assert.InRange(text.Length, SmolLm2.Text(name).Length * 99 / 100, SmolLm2.Text(name).Length);
        AssertSameIds(text);
    }

    [Fact]
    public void Fuzzed_text_has_the_ids_of_the_package()
    {
        var (cases, characters) = (0, 0L);
        var property = Prop.ForAll(Arb.From(Text(), Shrink), text =>
        {
            AssertSameIds(text);
            cases++;
            characters += text.Length;
        });
        new FuzzBudget(Seconds).Spend(property);
        output.WriteLine($"Seed {FuzzBudget.Seed}: {cases} texts, {characters} characters.");
    }

    [Fact]
    public void Every_character_between_letters_and_after_a_space_has_the_ids_of_the_package()
    {
        foreach (var character in Characters)
        {
            AssertSameIds($"{character}a{character} {character}b");
        }
    }

    [Fact]
    public void The_package_drops_the_bytes_that_have_no_token()
    {
        var missing = Enumerable.Range(0, 128).Select(code => (char)code).Where(character => !HasTokens(character)).ToList();

        Assert.NotEmpty(missing);
        Assert.All(missing, character =>
        {
            Assert.Empty(Package.EncodeToIds(character.ToString()));
            Assert.NotEmpty(SmolLm2.Encode([(byte)character]));
        });
    }

    private static void AssertSameIds(string text)
    {
        var expected = Package.EncodeToIds(text);
        var ids = SmolLm2.Encode(Encoding.UTF8.GetBytes(text));
        Assert.True(expected.SequenceEqual(ids), $"\"{Regex.Escape(text.Length > 200 ? text[..200] : text)}\"");
    }

    private static BpeTokenizer Create()
    {
        var model = TokenizerJson.Of(Definition)["model"]!;
        var vocabulary = model["vocab"]!.AsObject()
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value!.GetValue<int>())).ToList();
        return BpeTokenizer.Create(new BpeOptions(vocabulary)
        {
            Merges = model["merges"]!.AsArray().Select(merge => $"{merge![0]} {merge[1]}"),
            ByteLevel = true,
            PreTokenizer = new CompositePreTokenizer(
                [new RegexPreTokenizer(Number, null), new RegexPreTokenizer(WordSplitterTests.Gpt2, null)]),
        });
    }

    private static bool HasTokens(char character) =>
        Encoding.UTF8.GetBytes([character]).All(value => Definition.ByteTokens.Span.Contains(value));

    private static Gen<string> Text() => Gen.Frequency(
            (4, Gen.Elements(Words)),
            (1, Gen.Elements(Characters).Select(character => character.ToString())),
            (2, Gen.ArrayOf(Gen.Choose(' ', '~')).Select(codes => string.Concat(codes.Select(code => (char)code)))))
        .Zip(Gen.Elements(Ends)).ListOf()
        .Select(words => string.Concat(words.Select(word => word.Item1 + word.Item2)));

    private static IEnumerable<string> Shrink(string text)
    {
        for (var piece = text.Length / 2; piece > 0; piece /= 2)
        {
            for (var start = 0; start + piece <= text.Length; start += piece)
            {
                yield return text.Remove(start, piece);
            }
        }
    }
}
