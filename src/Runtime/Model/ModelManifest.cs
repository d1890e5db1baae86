using System.Text.Json;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Model;

/// <summary>Contents of a model folder: dimensions, files and their SHA-256.</summary>
/// <param name="Name">What people call the model. Not part of its identity.</param>
/// <param name="Arithmetic">Id of the exact arithmetic.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Graphs">Graph file of each plan, by name of the plan.</param>
/// <param name="Weights">Weight files, in order.</param>
/// <param name="Tokenizer">Tokenizer file.</param>
/// <param name="SelfTest">Graph of the known-answer test.</param>
/// <param name="Hashes">SHA-256 of each file of the folder.</param>
/// <param name="Sources">Name and SHA-256 of each file that the model was exported from.</param>
internal sealed record ModelManifest(
    string Name,
    string Arithmetic,
    ModelShape Shape,
    IReadOnlyDictionary<string, string> Graphs,
    IReadOnlyList<string> Weights,
    string Tokenizer,
    string SelfTest,
    IReadOnlyDictionary<string, Sha256Digest> Hashes,
    IReadOnlyDictionary<string, Sha256Digest> Sources)
{
    /// <summary>Name of the manifest in its folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Version of the manifest's layout.</summary>
    private const int Version = 1;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>The graph file of a plan.</summary>
    /// <exception cref="EnvironmentException">There is none.</exception>
    public string Graph(ArithmeticPlan plan) => Graphs.TryGetValue(plan.Name, out var file)
        ? file
        : throw new EnvironmentException($"The model folder has no graph for the \"{plan}\" arithmetic.");

    /// <summary>
    /// Identity of the model with a plan: the SHA-256 of the SHA-256 hashes of its graph, of its weight files, and of its
    /// tokenizer. Two folders with the same identity and shape give the same predictions for the same tokens.
    /// </summary>
    /// <exception cref="EnvironmentException">The model has no graph for the plan.</exception>
    public Sha256Digest Identity(ArithmeticPlan plan)
    {
        var files = (IEnumerable<string>)[Graph(plan), .. Weights, Tokenizer];
        var text = string.Join('\n', files.Select(file => Hashes[file]));
        return Sha256Digest.Compute(System.Text.Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="EnvironmentException">It is not a manifest, or of another version.</exception>
    public static ModelManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new EnvironmentException($"{FileName} is not version {Version}.");
            }

            var manifest = new ModelManifest(
                Text(root, "name"),
                Text(root, "arithmetic"),
                ReadShape(root.GetProperty("shape")),
                Map(root, "graphs", value => value),
                [.. root.GetProperty("weights").EnumerateArray().Select(item => item.GetString() ?? string.Empty)],
                Text(root, "tokenizer"),
                Text(root, "self_test"),
                Map(root, "sha256", Sha256Digest.Parse),
                Map(root, "sources", Sha256Digest.Parse));
            manifest.RequireHashes();
            return manifest;
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EnvironmentException($"{FileName} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Whether every sum of the kernels stays exact, and inside its memory, with these dimensions.</summary>
    public static bool IsExact(ModelShape shape) => shape.HeadSize == ExactArithmetic.HeadSize
        && shape.Heads % shape.KeyValueHeads == 0
        && shape.Hidden <= ExactArithmetic.MaxHidden
        && Math.Max(shape.Intermediate, shape.Heads * shape.HeadSize) <= ExactArithmetic.MaxMatrixInputs
        && (shape.Hidden | shape.Intermediate | shape.Vocabulary) % ExactArithmetic.RowMultiple == 0
        && shape.Positions <= ExactArithmetic.MaxPositions
        && (uint)shape.StartToken < (uint)shape.Vocabulary;

    /// <summary>Writes the manifest; the same content gives the same bytes.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("name", Name);
            writer.WriteString("arithmetic", Arithmetic);
            WriteShape(writer);
            Write(writer, "graphs", Graphs, value => value);
            writer.WriteStartArray("weights");
            foreach (var file in Weights)
            {
                writer.WriteStringValue(file);
            }

            writer.WriteEndArray();
            writer.WriteString("tokenizer", Tokenizer);
            writer.WriteString("self_test", SelfTest);
            Write(writer, "sha256", Hashes, value => value.ToString());
            Write(writer, "sources", Sources, value => value.ToString());
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null.");

    private static SortedDictionary<string, T> Map<T>(JsonElement element, string name, Func<string, T> read)
    {
        var map = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var property in element.GetProperty(name).EnumerateObject())
        {
            map[property.Name] = read(property.Value.GetString() ?? string.Empty);
        }

        return map;
    }

    private static void Write<T>(
        Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, T> map, Func<T, string> text)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, text(value));
        }

        writer.WriteEndObject();
    }

    private static ModelShape ReadShape(JsonElement shape)
    {
        int Number(string name) => shape.GetProperty(name).GetInt32() is > 0 and var value
            ? value
            : throw new FormatException($"\"{name}\" is not positive.");
        var read = new ModelShape(
            Number("layers"), Number("hidden"), Number("heads"), Number("key_value_heads"), Number("head_size"),
            Number("intermediate"), Number("vocabulary"), Number("positions"), shape.GetProperty("start_token").GetInt32());
        return IsExact(read) ? read : throw new FormatException("its shape is not one that the kernels compute exactly.");
    }

    private void RequireHashes()
    {
        foreach (var file in (IEnumerable<string>)[.. Graphs.Values, .. Weights, Tokenizer, SelfTest])
        {
            if (!Hashes.ContainsKey(file))
            {
                throw new FormatException($"\"sha256\" lacks \"{file}\".");
            }
        }
    }

    private void WriteShape(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("shape");
        writer.WriteNumber("layers", Shape.Layers);
        writer.WriteNumber("hidden", Shape.Hidden);
        writer.WriteNumber("heads", Shape.Heads);
        writer.WriteNumber("key_value_heads", Shape.KeyValueHeads);
        writer.WriteNumber("head_size", Shape.HeadSize);
        writer.WriteNumber("intermediate", Shape.Intermediate);
        writer.WriteNumber("vocabulary", Shape.Vocabulary);
        writer.WriteNumber("positions", Shape.Positions);
        writer.WriteNumber("start_token", Shape.StartToken);
        writer.WriteEndObject();
    }
}
