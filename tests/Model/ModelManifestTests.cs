using System.Text;
using System.Text.Json.Nodes;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Model;

/// <summary>A manifest that the kernels cannot serve, or that names a file without a hash, is refused when it is read.</summary>
public sealed class ModelManifestTests
{
    private static readonly byte[] Json = File.ReadAllBytes(Path.Combine(TinyModel.Codec.Folder, ModelManifest.FileName));

    [Fact]
    public void A_manifest_comes_back_byte_for_byte() => Assert.Equal(Json, ModelManifest.Parse(Json).ToJson());

    [Theory]
    [InlineData("head_size", 32)]
    [InlineData("key_value_heads", 4)]
    [InlineData("hidden", 200)]
    [InlineData("hidden", 4096)]
    [InlineData("intermediate", 8192)]
    [InlineData("intermediate", 129)]
    [InlineData("heads", 66)]
    [InlineData("vocabulary", 500)]
    [InlineData("positions", 16384)]
    [InlineData("start_token", -1)]
    [InlineData("start_token", 1 << 20)]
    public void A_shape_beyond_the_exact_range_is_refused(string dimension, int value)
    {
        var failure = Refuse(root => root["shape"]![dimension] = value);

        Assert.Contains("its shape is not one that the kernels compute exactly", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_hash_is_refused()
    {
        var failure = Refuse(root => root["weights"]!.AsArray().Add("more.bin"));

        Assert.Contains("\"sha256\" lacks \"more.bin\"", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("graphs")]
    [InlineData("tokenizer")]
    public void A_missing_part_is_refused(string name) => Refuse(root => root.Remove(name));

    [Fact]
    public void A_plan_that_the_model_lacks_is_named()
    {
        var manifest = Parse(root => root["graphs"]!.AsObject().Remove("precise"));

        var failure = Assert.Throws<EnvironmentException>(() => manifest.Identity(ArithmeticPlan.Precise));

        Assert.Contains("no graph for the \"precise\" arithmetic", failure.Message, StringComparison.Ordinal);
    }

    private static EnvironmentException Refuse(Action<JsonObject> change) =>
        Assert.Throws<EnvironmentException>(() => Parse(change));

    private static ModelManifest Parse(Action<JsonObject> change)
    {
        var root = JsonNode.Parse(Json)!.AsObject();
        change(root);
        return ModelManifest.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()));
    }
}
