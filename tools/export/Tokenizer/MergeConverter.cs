using System.Text.Json;
using System.Text.Json.Serialization;

namespace NacrithOnnx.Export;

/// <summary>Reads a merge in either form: ["a", "b"], or "a b" in older files.</summary>
internal sealed class MergeConverter : JsonConverter<HuggingFaceTokenizer.Merge>
{
    /// <inheritdoc/>
    public override HuggingFaceTokenizer.Merge Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string[] parts;
        if (reader.TokenType == JsonTokenType.String)
        {
            parts = reader.GetString()!.Split(' ');
        }
        else
        {
            parts = JsonSerializer.Deserialize<string[]>(ref reader, options) ?? [];
        }

        return parts is [{ Length: > 0 } left, { Length: > 0 } right]
            ? new HuggingFaceTokenizer.Merge(left, right)
            : throw new JsonException("A merge is not a pair of tokens.");
    }

    /// <inheritdoc/>
    public override void Write(
        Utf8JsonWriter writer, HuggingFaceTokenizer.Merge value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Left);
        writer.WriteStringValue(value.Right);
        writer.WriteEndArray();
    }
}
