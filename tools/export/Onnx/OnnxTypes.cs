namespace NacrithOnnx.Export.Onnx;

/// <summary>What <see cref="OnnxType"/> means for C#.</summary>
internal static class OnnxTypes
{
    /// <summary>The element type that holds values of <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">No ONNX type of this project does.</exception>
    public static OnnxType Of<T>()
        where T : unmanaged => Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Single => OnnxType.Float,
            TypeCode.Byte => OnnxType.UInt8,
            TypeCode.SByte => OnnxType.Int8,
            TypeCode.UInt16 => OnnxType.UInt16,
            TypeCode.Int16 => OnnxType.Int16,
            TypeCode.Int32 => OnnxType.Int32,
            TypeCode.Int64 => OnnxType.Int64,
            TypeCode.Boolean => OnnxType.Bool,
            TypeCode.Double => OnnxType.Double,
            _ => throw new ArgumentException($"{typeof(T)} has no ONNX element type here"),
        };

    /// <summary>Bytes of one element in raw data.</summary>
    public static int Size(this OnnxType type) => type switch
    {
        OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Bool => 1,
        OnnxType.UInt16 or OnnxType.Int16 => 2,
        OnnxType.Float or OnnxType.Int32 => 4,
        OnnxType.Int64 or OnnxType.Double => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };
}
