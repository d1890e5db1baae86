namespace NacrithOnnx.Runtime.Onnx;

/// <summary>An initializer of a graph: in the graph itself, or a part of a weight file.</summary>
internal sealed class GraphTensor
{
    public string Name { get; set; } = string.Empty;

    /// <summary>Its number in enum TensorProto.DataType.</summary>
    public int Type { get; set; }

    /// <summary>First dimension: inputs of a matrix.</summary>
    public long Inputs { get; set; }

    /// <summary>Its bytes, if they are in the graph.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>Otherwise the weight file.</summary>
    public string? File { get; set; }

    /// <summary>First byte in the file.</summary>
    public long Offset { get; set; }

    /// <summary>Number of bytes in the file.</summary>
    public long Length { get; set; }

    /// <summary>The byte of a scalar stored in the graph.</summary>
    public byte? Scalar => Bytes is [var scalar] ? scalar : null;
}
