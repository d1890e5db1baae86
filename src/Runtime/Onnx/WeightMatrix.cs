namespace NacrithOnnx.Runtime.Onnx;

/// <summary>A matrix of integer weights that lies in a weight file, and how large its weights may be.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="File">The file.</param>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Length">Its weights, a byte each.</param>
/// <param name="Limit">Largest magnitude for which the products of the graph are exact on every processor.</param>
internal sealed record WeightMatrix(string Name, string File, long Offset, long Length, int Limit);
