using System.Globalization;
using System.Text;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>The initializers and matrix products of a graph.</summary>
internal sealed class GraphTensors
{
    private readonly Dictionary<string, GraphTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<GraphNode> _products = [];

    private GraphTensors()
    {
    }

    /// <summary>The matrix products, in order.</summary>
    public IReadOnlyList<GraphNode> Products => _products;

    /// <summary>Reads a model.</summary>
    /// <exception cref="EnvironmentException">It is not an ONNX file.</exception>
    public static GraphTensors Read(ReadOnlySpan<byte> model)
    {
        var tensors = new GraphTensors();
        var fields = new ProtobufFields(model);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.ModelGraph)
            {
                tensors.ReadGraph(fields.Bytes);
            }
        }

        return tensors;
    }

    /// <summary>The initializer of a name, or null.</summary>
    public GraphTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.GraphInitializer)
            {
                var tensor = ReadTensor(fields.Bytes);
                _tensors[tensor.Name] = tensor;
            }
            else if (fields.Number == OnnxFields.GraphNode && GraphNode.Read(fields.Bytes) is { IsProduct: true } product)
            {
                _products.Add(product);
            }
        }
    }

    private static GraphTensor ReadTensor(ReadOnlySpan<byte> message)
    {
        var tensor = new GraphTensor();
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case OnnxFields.TensorDimension:
                    tensor.Inputs = tensor.Inputs > 0 ? tensor.Inputs : fields.Value;
                    break;
                case OnnxFields.TensorType:
                    tensor.Type = (int)fields.Value;
                    break;
                case OnnxFields.TensorName:
                    tensor.Name = Encoding.UTF8.GetString(fields.Bytes);
                    break;
                case OnnxFields.TensorRawData:
                    tensor.Bytes = fields.Bytes.ToArray();
                    break;
                case OnnxFields.TensorExternalData:
                    ReadLocation(fields.Bytes, tensor);
                    break;
            }
        }

        return tensor;
    }

    private static void ReadLocation(ReadOnlySpan<byte> entry, GraphTensor tensor)
    {
        string key = string.Empty, value = string.Empty;
        var fields = new ProtobufFields(entry);
        while (fields.Next())
        {
            if (fields.Number is OnnxFields.EntryKey or OnnxFields.EntryValue)
            {
                var text = Encoding.UTF8.GetString(fields.Bytes);
                (key, value) = fields.Number == OnnxFields.EntryKey ? (text, value) : (key, text);
            }
        }

        switch (key)
        {
            case "location":
                tensor.File = value;
                break;
            case "offset":
                tensor.Offset = Number(value);
                break;
            case "length":
                tensor.Length = Number(value);
                break;
        }
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new EnvironmentException($"An offset or length of model weights is \"{text}\", not a number.");
}
