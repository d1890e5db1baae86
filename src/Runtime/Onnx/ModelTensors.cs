using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>Names of the model's inputs and outputs, in the order in which they are passed.</summary>
internal static class ModelTensors
{
    public const string Tokens = "input_ids";
    public const string Positions = "position_ids";

    /// <summary>Filled positions of the cache.</summary>
    public const string PastLength = "past_length";

    /// <summary>First position whose logits are needed.</summary>
    public const string LogitsFrom = "logits_from";
    public const string Logits = "logits";
    public const string HiddenStates = "hidden_states";

    public static string Past(int layer, string part) => FormattableString.Invariant($"past_key_values.{layer}.{part}");

    public static string Present(int layer, string part) => FormattableString.Invariant($"present.{layer}.{part}");

    public static string[] Inputs(ModelShape shape) =>
        [Tokens, Positions, PastLength, LogitsFrom, .. Cache(shape, Past)];

    public static string[] Outputs(ModelShape shape) => [Logits, HiddenStates, .. Cache(shape, Present)];

    private static IEnumerable<string> Cache(ModelShape shape, Func<int, string, string> name)
    {
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            yield return name(layer, "key");
            yield return name(layer, "key_scale");
            yield return name(layer, "value");
            yield return name(layer, "value_scale");
        }
    }
}
