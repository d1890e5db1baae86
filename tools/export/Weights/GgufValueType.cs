namespace NacrithOnnx.Export.Weights;

/// <summary>Types of GGUF metadata values, by their numbers in the file.</summary>
internal enum GgufValueType
{
    /// <summary>Unsigned 8 bits.</summary>
    UInt8 = 0,

    /// <summary>Signed 8 bits.</summary>
    Int8 = 1,

    /// <summary>Unsigned 16 bits.</summary>
    UInt16 = 2,

    /// <summary>Signed 16 bits.</summary>
    Int16 = 3,

    /// <summary>Unsigned 32 bits.</summary>
    UInt32 = 4,

    /// <summary>Signed 32 bits.</summary>
    Int32 = 5,

    /// <summary>IEEE single.</summary>
    Float32 = 6,

    /// <summary>One byte.</summary>
    Bool = 7,

    /// <summary>A 64-bit length and UTF-8.</summary>
    Text = 8,

    /// <summary>A 32-bit element type, a 64-bit count, and the elements.</summary>
    Array = 9,

    /// <summary>Unsigned 64 bits.</summary>
    UInt64 = 10,

    /// <summary>Signed 64 bits.</summary>
    Int64 = 11,

    /// <summary>IEEE double.</summary>
    Float64 = 12,
}
