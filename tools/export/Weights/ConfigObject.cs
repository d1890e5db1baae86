using System.Text.Json;

namespace NacrithOnnx.Export.Weights;

/// <summary>A JSON object from a weight folder; what is not as expected is an <see cref="EnvironmentException"/>.</summary>
internal sealed class ConfigObject
{
    private readonly WeightFile _file;
    private readonly Dictionary<string, JsonElement> _fields = [];

    private ConfigObject(WeightFile file, JsonElement element)
    {
        _file = file;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw file.Broken("it holds something else where a JSON object is expected");
        }

        foreach (var field in element.EnumerateObject())
        {
            if (!_fields.TryAdd(NameOf(field), field.Value))
            {
                throw file.Broken($"the JSON field {field.Name} is there twice");
            }
        }
    }

    /// <summary>Names of the fields, in ordinal order.</summary>
    public IEnumerable<string> Names => _fields.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads an object from UTF-8.</summary>
    public static ConfigObject Parse(WeightFile file, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new ConfigObject(file, document.RootElement.Clone());
        }
        catch (JsonException failure)
        {
            throw file.Broken($"its JSON is broken: {failure.Message}");
        }
    }

    /// <summary>An object, or null where the field is absent or null.</summary>
    public ConfigObject? Object(string name) => Find(name) is { } value ? new ConfigObject(_file, value) : null;

    /// <summary>A text, or null where the field is absent or null.</summary>
    public string? Text(string name) => Find(name) is { } value ? TextOf(value, name) : null;

    /// <summary>A number from 0 up that fits an int, or null where the field is absent or null.</summary>
    public int? Integer(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
            ? number
            : throw Unexpected(name, "a whole number");
    }

    /// <summary>A single, or null where the field is absent or null.</summary>
    public float? Single(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number)
            ? number
            : throw Unexpected(name, "a number");
    }

    /// <summary>Whether the field is true; absent and null are false.</summary>
    public bool Boolean(string name) => Find(name) is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected(name, "true or false"),
    };

    /// <summary>Texts; none where the field is absent or null.</summary>
    public string[] Texts(string name) => [.. Items(name).Select(item => TextOf(item, name))];

    /// <summary>Numbers from 0 up; none where the field is absent or null.</summary>
    public long[] Integers(string name) => [.. Items(name).Select(item =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Unexpected(name, "whole numbers"))];

    private JsonElement.ArrayEnumerator Items(string name)
    {
        if (Find(name) is not { } value)
        {
            return default;
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Unexpected(name, "a list");
    }

    private JsonElement? Find(string name) =>
        _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // Half of a surrogate pair, written as an escape, is JSON but no text.
    private string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Unexpected(name, "a text");
        }
        catch (InvalidOperationException)
        {
            throw Unexpected(name, "a text");
        }
    }

    private string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            throw _file.Broken("the name of a JSON field is no text");
        }
    }

    private EnvironmentException Unexpected(string name, string expected) =>
        _file.Broken($"its field {name} is not {expected}");
}
