namespace NacrithOnnx.Runtime.Onnx;

/// <summary>A matrix of integer weights in a weight file, and the limit of its weights.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="File">The file.</param>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Length">Number of weights, one byte each.</param>
/// <param name="Limit">Largest magnitude for which the products of the graph are exact on every processor.</param>
internal sealed record WeightMatrix(string Name, string File, long Offset, long Length, int Limit);
