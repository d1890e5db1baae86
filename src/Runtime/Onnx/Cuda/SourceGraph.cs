using System.Text;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>What <see cref="CudaGraph"/> takes from the graph of a model folder: its tensors and its plan.</summary>
internal sealed class SourceGraph
{
    private readonly Dictionary<string, byte[]> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _wide = new(StringComparer.Ordinal);

    /// <summary>Reads a model.</summary>
    /// <exception cref="EnvironmentException">It is not a model of the exact arithmetic.</exception>
    public SourceGraph(ReadOnlySpan<byte> model)
    {
        var zeroPoints = new Dictionary<string, byte>(StringComparer.Ordinal);
        var products = new List<GraphNode>();
        var fields = new ProtobufFields(model);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.ModelGraph)
            {
                Read(fields.Bytes, zeroPoints, products);
            }
        }

        foreach (var product in products)
        {
            _wide[product.Inputs[1]] = zeroPoints.GetValueOrDefault(product.Inputs[2]) switch
            {
                ExactArithmetic.WideZeroPoint => true,
                ExactArithmetic.NarrowZeroPoint => false,
                _ => throw new EnvironmentException(
                    $"The zero point of matrix {product.Inputs[1]} does not fit the exact arithmetic."),
            };
        }
    }

    /// <summary>An initializer, as a TensorProto.</summary>
    public ReadOnlySpan<byte> Tensor(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor : throw Missing(name);

    /// <summary>Whether the activations of a matrix have two parts.</summary>
    public bool IsWide(string matrix) => _wide.TryGetValue(matrix, out var wide) ? wide : throw Missing(matrix);

    private static EnvironmentException Missing(string name) =>
        new($"The graph of the model has no {name}, which the graph for CUDA is made from.");

    private void Read(ReadOnlySpan<byte> graph, Dictionary<string, byte> zeroPoints, List<GraphNode> products)
    {
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.GraphInitializer)
            {
                var (name, scalar) = Head(fields.Bytes);
                _tensors[name] = fields.Bytes.ToArray();
                if (scalar is not null)
                {
                    zeroPoints[name] = scalar.Value;
                }
            }
            else if (fields.Number == OnnxFields.GraphNode && GraphNode.Read(fields.Bytes) is { IsProduct: true } product)
            {
                products.Add(product);
            }
        }
    }

    /// <summary>Name of a TensorProto, and its byte if it has one only.</summary>
    private static (string Name, byte? Scalar) Head(ReadOnlySpan<byte> tensor)
    {
        var (name, scalar) = (string.Empty, (byte?)null);
        var fields = new ProtobufFields(tensor);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.TensorName)
            {
                name = Encoding.UTF8.GetString(fields.Bytes);
            }
            else if (fields.Number == OnnxFields.TensorRawData && fields.Bytes.Length == 1)
            {
                scalar = fields.Bytes[0];
            }
        }

        return (name, scalar);
    }
}
