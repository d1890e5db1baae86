using System.Globalization;
using Microsoft.ML.OnnxRuntime.Tensors;
using NacrithOnnx.Runtime.Onnx.Graphs;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// One of the four cache tensors of a layer. Positions are the first dimension: new rows of all lanes are one block, and
/// the first positions of a long cache are a shorter one in the same memory.
/// </summary>
/// <param name="Name">Its part of the names of inputs and outputs.</param>
/// <param name="IsScale">Whether it holds a scale for each head, not the head itself.</param>
internal sealed record CudaCacheTensor(string Name, bool IsScale)
{
    public static CudaCacheTensor Key { get; } = new("key", IsScale: false);

    public static CudaCacheTensor KeyScale { get; } = new("key_scale", IsScale: true);

    public static CudaCacheTensor Value { get; } = new("value", IsScale: false);

    public static CudaCacheTensor ValueScale { get; } = new("value_scale", IsScale: true);

    public static CudaCacheTensor[] All { get; } = [Key, KeyScale, Value, ValueScale];

    public OnnxType Type => IsScale ? OnnxType.Float : OnnxType.Int8;

    public TensorElementType ElementType => IsScale ? TensorElementType.Float : TensorElementType.Int8;

    /// <summary>Dimensions for positions and lanes, which are numbers or, in a graph, names.</summary>
    public object[] Dimensions(ModelShape shape, object positions, object lanes) => IsScale
        ? [positions, lanes, shape.KeyValueHeads]
        : [positions, lanes, shape.KeyValueHeads, shape.HeadSize];

    /// <summary>Dimensions of a tensor.</summary>
    public long[] Shape(ModelShape shape, int positions, int lanes) =>
        [.. Dimensions(shape, (long)positions, (long)lanes).Select(size => Convert.ToInt64(size, CultureInfo.InvariantCulture))];

    /// <summary>Bytes of a tensor.</summary>
    public long Length(ModelShape shape, int positions, int lanes) =>
        Shape(shape, positions, lanes).Aggregate(1L, (product, size) => product * size) * (IsScale ? sizeof(float) : 1);
}
