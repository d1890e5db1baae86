using System.Text;
using System.Text.Json.Nodes;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>Writes tokenizer.json files for the converter to read.</summary>
internal static class TokenizerJson
{
    /// <summary>A file that converts to a definition.</summary>
    public static JsonObject Of(TokenizerDefinition definition)
    {
        var tokens = Enumerable.Range(0, definition.SpecialTokens)
            .Select(id => id == definition.StartToken ? "<|endoftext|>" : $"<special_{id}>")
            .Concat(definition.ByteTokens.ToArray().Select(value => Letter(value).ToString()))
            .ToList();
        var merges = new JsonArray();
        foreach (var pair in definition.Merges.ToArray())
        {
            var (left, right) = (tokens[TokenizerDefinition.Left(pair)], tokens[TokenizerDefinition.Right(pair)]);
            merges.Add(new JsonArray(left, right));
            tokens.Add(left + right);
        }

        var added = tokens.Take(definition.SpecialTokens)
            .Select((token, id) => new JsonObject { ["id"] = id, ["content"] = token, ["special"] = true });
        var vocabulary = tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)JsonValue.Create(id)));
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. added]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Digits", ["individual_digits"] = true },
                    new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true }),
            },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["ignore_merges"] = false,
                ["vocab"] = new JsonObject(vocabulary),
                ["merges"] = merges,
            },
        };
    }

    public static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    // The published rule of GPT-2: printable Latin-1 for itself; U+0100 and up, in order, for the others.
    private static char Letter(byte value)
    {
        static bool Printable(int code) => code is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
        var rank = Enumerable.Range(0, value).Count(code => !Printable(code));
        return (char)(Printable(value) ? value : 256 + rank);
    }
}
