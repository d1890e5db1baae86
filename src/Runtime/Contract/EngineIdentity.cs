namespace NacrithOnnx;

/// <summary>
/// Identity of a codec. Codecs that agree in the SHA-256 and the arithmetic can exchange archives; the other values are
/// informational.
/// </summary>
/// <param name="ModelName">Name of the model.</param>
/// <param name="ModelSha256">SHA-256 of the model at levels 1 to 8, in lower-case hexadecimal.</param>
/// <param name="ArithmeticId">Name of the exact arithmetic.</param>
/// <param name="OnnxRuntimeVersion">Version of ONNX Runtime.</param>
/// <param name="Provider">Execution provider of ONNX Runtime, and the GPUs if it uses any.</param>
public sealed record EngineIdentity(
    string ModelName, string ModelSha256, string ArithmeticId, string OnnxRuntimeVersion, string Provider)
{
    /// <summary>The same for archives of level 9, whose arithmetic is another one; null if the model does not have it.</summary>
    public PlanIdentity? Precise { get; init; }
}
