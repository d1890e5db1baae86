using System.Globalization;
using System.Text;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Finds the weights of every matrix product of a graph, and the limit that the zero point of its activations sets:
/// what ONNX Runtime multiplies is what must be checked, not what a manifest says of it.
/// </summary>
internal static class GraphWeights
{
    /// <summary>INT8 in enum TensorProto.DataType.</summary>
    private const int Int8 = 3;

    /// <summary>Lists the matrices; one that several products share is listed for each.</summary>
    /// <exception cref="EnvironmentException">It is no graph of the exact arithmetic.</exception>
    public static List<WeightMatrix> Read(ReadOnlySpan<byte> model)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var products = new List<(string Weights, string ZeroPoint)>();
        var fields = new ProtobufFields(model);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.ModelGraph)
            {
                ReadGraph(fields.Bytes, tensors, products);
            }
        }

        if (products.Count == 0)
        {
            throw new EnvironmentException("A graph of the model folder has no matrix product.");
        }

        var matrices = new List<WeightMatrix>(products.Count);
        foreach (var (weights, zeroPoint) in products)
        {
            matrices.Add(Matrix(weights, tensors.GetValueOrDefault(weights), tensors.GetValueOrDefault(zeroPoint)));
        }

        return matrices;
    }

    private static void ReadGraph(
        ReadOnlySpan<byte> graph, Dictionary<string, Tensor> tensors, List<(string Weights, string ZeroPoint)> products)
    {
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.GraphInitializer)
            {
                var tensor = ReadTensor(fields.Bytes);
                tensors[tensor.Name] = tensor;
            }
            else if (fields.Number == OnnxFields.GraphNode && GraphNode.Read(fields.Bytes) is { IsProduct: true } product)
            {
                products.Add((product.Inputs[1], product.Inputs[2]));
            }
        }
    }

    private static Tensor ReadTensor(ReadOnlySpan<byte> message)
    {
        var tensor = new Tensor();
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
                    tensor.Scalar = fields.Bytes.Length == 1 ? fields.Bytes[0] : null;
                    break;
                case OnnxFields.TensorExternalData:
                    ReadLocation(fields.Bytes, tensor);
                    break;
            }
        }

        return tensor;
    }

    private static void ReadLocation(ReadOnlySpan<byte> entry, Tensor tensor)
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
            : throw new EnvironmentException($"The model has weights at \"{text}\", which is no place in a file.");

    private static WeightMatrix Matrix(string name, Tensor? weights, Tensor? zeroPoint)
    {
        if (weights is not { Type: Int8, File: { } file, Length: > 0, Inputs: > 0 and <= ExactArithmetic.MaxMatrixInputs })
        {
            throw new EnvironmentException($"The matrix {name} of the model is not one of the exact arithmetic.");
        }

        var limit = zeroPoint?.Scalar switch
        {
            ExactArithmetic.NarrowZeroPoint => ExactArithmetic.NarrowWeightLimit,

            // high·128 + low must fit an int32 too.
            ExactArithmetic.WideZeroPoint => Math.Min(
                ExactArithmetic.WideWeightLimit, int.MaxValue / (long)ExactArithmetic.WideLimit / weights.Inputs),
            _ => throw new EnvironmentException($"The zero point beside the matrix {name} is not one of the exact arithmetic."),
        };
        return new WeightMatrix(name, file, weights.Offset, weights.Length, (int)limit);
    }

    private sealed class Tensor
    {
        public string Name { get; set; } = string.Empty;

        public int Type { get; set; }

        /// <summary>First dimension: inputs of a matrix.</summary>
        public long Inputs { get; set; }

        /// <summary>The only byte of a scalar in the graph itself.</summary>
        public byte? Scalar { get; set; }

        public string? File { get; set; }

        public long Offset { get; set; }

        public long Length { get; set; }
    }
}
