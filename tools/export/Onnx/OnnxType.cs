namespace NacrithOnnx.Export.Onnx;

/// <summary>Element types, by their numbers in TensorProto.DataType.</summary>
internal enum OnnxType
{
    /// <summary>IEEE single.</summary>
    Float = 1,

    /// <summary>Unsigned 8 bits.</summary>
    UInt8 = 2,

    /// <summary>Signed 8 bits.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16 bits.</summary>
    UInt16 = 4,

    /// <summary>Signed 16 bits.</summary>
    Int16 = 5,

    /// <summary>Signed 32 bits.</summary>
    Int32 = 6,

    /// <summary>Signed 64 bits.</summary>
    Int64 = 7,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>IEEE double.</summary>
    Double = 11,
}
