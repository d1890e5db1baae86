namespace NacrithOnnx;

/// <summary>What a codec runs on. Two codecs with the same first two exchange archives; the rest is for the reader.</summary>
/// <param name="ModelSha256">SHA-256 of the model, in lower-case hexadecimal.</param>
/// <param name="ArithmeticId">Name of the exact arithmetic.</param>
/// <param name="OnnxRuntimeVersion">Version of ONNX Runtime.</param>
/// <param name="Provider">Execution provider of ONNX Runtime.</param>
public sealed record EngineIdentity(string ModelSha256, string ArithmeticId, string OnnxRuntimeVersion, string Provider);
