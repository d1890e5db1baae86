using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>Names of the inputs and outputs of <see cref="CudaGraph"/>.</summary>
internal static class CudaTensors
{
    /// <summary>Tokens [lanes, count].</summary>
    public const string Tokens = "input_ids";

    /// <summary>Positions [count] of the tokens, the same in every lane.</summary>
    public const string Positions = "position_ids";

    /// <summary>Rows [count] of the cache that the call writes; those of padding lie behind all positions.</summary>
    public const string Rows = "cache_rows";

    /// <summary>0, 1, 2, ... [capacity]: the positions that the rows of the cache hold.</summary>
    public const string Columns = "cache_positions";

    /// <summary>Which of the tokens need logits [kept].</summary>
    public const string Kept = "kept";

    public const string Logits = "logits";
    public const string HiddenStates = "hidden_states";

    /// <summary>The four cache tensors of every layer, in order.</summary>
    public static string[] Past(ModelShape shape) => Cache(shape, ModelTensors.Past);

    /// <summary>The same, with the new rows in them.</summary>
    public static string[] Present(ModelShape shape) => Cache(shape, ModelTensors.Present);

    private static string[] Cache(ModelShape shape, Func<int, string, string> name) =>
    [
        .. Enumerable.Range(0, shape.Layers).SelectMany(layer =>
            CudaCacheTensor.All.Select(tensor => name(layer, tensor.Name))),
    ];
}
