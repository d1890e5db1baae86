using System.Text.Json;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Train.Model;

namespace NacrithOnnx.Train.Files;

/// <summary>Writes a model as Hugging Face's transformers do, which the exporter reads.</summary>
internal static class ModelFolder
{
    /// <summary>Name of the weights' file.</summary>
    public const string WeightsName = "model.safetensors";

    private const string ConfigName = "config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes model.safetensors and config.json into an existing folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="weights">The model.</param>
    /// <param name="type">F32 or BF16.</param>
    public static void Write(string folder, LlamaWeights weights, WeightType type)
    {
        SafetensorsFile.Write(
            Path.Combine(folder, WeightsName), type, [.. LlamaTensors.Of(weights.Shape)], weights.Read);
        File.WriteAllText(
            Path.Combine(folder, ConfigName), JsonSerializer.Serialize(Config(weights.Shape, type), Indented) + "\n");
    }

    private static Dictionary<string, object> Config(ModelShape shape, WeightType type) => new()
    {
        ["architectures"] = (string[])["LlamaForCausalLM"],
        ["model_type"] = "llama",
        ["hidden_act"] = "silu",
        ["bos_token_id"] = shape.StartToken,
        ["eos_token_id"] = shape.StartToken,
        ["hidden_size"] = shape.Hidden,
        ["intermediate_size"] = shape.Intermediate,
        ["num_hidden_layers"] = shape.Layers,
        ["num_attention_heads"] = shape.Heads,
        ["num_key_value_heads"] = shape.KeyValueHeads,
        ["head_dim"] = shape.HeadDimension,
        ["max_position_embeddings"] = shape.Positions,
        ["rms_norm_eps"] = shape.RmsEpsilon,
        ["rope_theta"] = shape.RopeTheta,
        ["tie_word_embeddings"] = shape.TiedEmbeddings,
        ["vocab_size"] = shape.Vocabulary,
        ["torch_dtype"] = type == WeightType.F32 ? "float32" : "bfloat16",
    };
}
