namespace NacrithOnnx.Runtime.Onnx.Graphs;

/// <summary>Location of a tensor's bytes: a file next to the model.</summary>
internal sealed record ExternalData(string Location, long Offset, long Length);
