using System.Text.Json;
using System.Text.Json.Nodes;
using NacrithOnnx.Runtime.Model;

namespace NacrithOnnx.Release;

/// <summary>What a release is made of, as a CycloneDX bill of materials.</summary>
internal static class Contents
{
    private const string RuntimePack = "runtimepack.";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Lists the packages and the model.</summary>
    /// <param name="dependencies">The .deps.json file of the program.</param>
    /// <param name="manifest">The model's manifest.</param>
    public static string List(string dependencies, string manifest)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(dependencies));
        var components = new JsonArray();
        foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            var type = library.Value.GetProperty("type").GetString();
            if (type is "package" or "runtimepack" && library.Name.Split('/') is [var name, var version])
            {
                var plain = name.Replace(RuntimePack, string.Empty, StringComparison.Ordinal);
                components.Add((JsonNode)Package(plain, version));
            }
        }

        components.Add((JsonNode)Model(ModelManifest.Parse(File.ReadAllBytes(manifest))));
        return new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject { ["type"] = "application", ["name"] = "nacrith" },
            },
            ["components"] = components,
        }.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Package(string name, string version) => new()
    {
        ["type"] = "library",
        ["name"] = name,
        ["version"] = version,
        ["purl"] = $"pkg:nuget/{name}@{version}",
    };

    private static JsonObject Model(ModelManifest manifest)
    {
        var files = new JsonArray();
        foreach (var (name, hash) in manifest.Hashes)
        {
            files.Add((JsonNode)new JsonObject
            {
                ["type"] = "file",
                ["name"] = name,
                ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = hash.ToString() }),
            });
        }

        return new JsonObject
        {
            ["type"] = "machine-learning-model",
            ["name"] = string.Join(", ", manifest.Sources.Keys),
            ["components"] = files,
        };
    }
}
