namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>Element types of tensors, by their numbers in ONNX.</summary>
internal enum TensorType
{
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Float64 = 11,
}
