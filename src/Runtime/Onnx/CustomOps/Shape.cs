namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>Up to four dimensions of a tensor.</summary>
internal readonly record struct Shape(int D0, int D1, int D2, int D3);
