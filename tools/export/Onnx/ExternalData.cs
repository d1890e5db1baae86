namespace NacrithOnnx.Export.Onnx;

/// <summary>Where the values of an external tensor lie.</summary>
/// <param name="Location">File name, relative to the model file.</param>
/// <param name="Offset">First byte in that file.</param>
/// <param name="Length">Bytes of the tensor.</param>
internal readonly record struct ExternalData(string Location, long Offset, long Length);
