using System.Buffers;
using System.Text;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.CustomOps;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Rewrites a model's graph in memory so that a kernel computes products of two parts whole: MatMulInteger
/// [2·rows, outputs] becomes <see cref="KernelNames.WholeProduct"/> [rows, outputs], and each node that reads its sums
/// becomes the kernel for one part. high·128 + low is the same integer either way.
/// </summary>
internal static class WholeProductGraph
{
    /// <summary>Rewrites a model.</summary>
    /// <returns>The model as bytes; its weights stay in their files.</returns>
    /// <exception cref="EnvironmentException">The graph does not use the exact arithmetic.</exception>
    public static byte[] Rewrite(ReadOnlySpan<byte> model)
    {
        var result = new ArrayBufferWriter<byte>(model.Length + (model.Length / 8));
        var fields = new ProtobufFields(model);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.ModelGraph)
            {
                var graph = new ArrayBufferWriter<byte>(fields.Bytes.Length);
                WriteGraph(fields.Bytes, WideSums(fields.Bytes), graph);
                ProtobufFields.Write(result, OnnxFields.ModelGraph, graph.WrittenSpan);
            }
            else
            {
                result.Write(fields.Raw);
            }
        }

        return result.WrittenSpan.ToArray();
    }

    /// <summary>Outputs of the products whose activations have two parts, recognised by their zero point.</summary>
    private static HashSet<string> WideSums(ReadOnlySpan<byte> graph)
    {
        var zeroPoints = new HashSet<string>(StringComparer.Ordinal);
        var products = new List<GraphNode>();
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.GraphInitializer)
            {
                if (WideZeroPoint(fields.Bytes) is { } name)
                {
                    zeroPoints.Add(name);
                }
            }
            else if (fields.Number == OnnxFields.GraphNode)
            {
                var node = GraphNode.Read(fields.Bytes);
                if (node.IsProduct)
                {
                    products.Add(node);
                }
            }
        }

        return products.Where(product => zeroPoints.Contains(product.Inputs[2]))
            .Select(product => product.Outputs[0]).ToHashSet(StringComparer.Ordinal);
    }

    private static string? WideZeroPoint(ReadOnlySpan<byte> tensor)
    {
        string? name = null;
        var isZeroPoint = false;
        var fields = new ProtobufFields(tensor);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.TensorName)
            {
                name = Encoding.UTF8.GetString(fields.Bytes);
            }
            else if (fields.Number == OnnxFields.TensorRawData)
            {
                isZeroPoint = fields.Bytes is [ExactArithmetic.WideZeroPoint];
            }
        }

        return isZeroPoint ? name : null;
    }

    private static void WriteGraph(ReadOnlySpan<byte> graph, HashSet<string> wideSums, ArrayBufferWriter<byte> result)
    {
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.GraphNode && NewOperator(GraphNode.Read(fields.Bytes), wideSums) is { } name)
            {
                ProtobufFields.Write(result, OnnxFields.GraphNode, WithOperator(fields.Bytes, name));
            }
            else
            {
                result.Write(fields.Raw);
            }
        }
    }

    private static string? NewOperator(GraphNode node, HashSet<string> wideSums)
    {
        if (node.IsProduct)
        {
            return wideSums.Contains(node.Outputs[0]) ? KernelNames.WholeProduct : null;
        }

        if (!node.Inputs.Exists(wideSums.Contains))
        {
            return null;
        }

        return KernelNames.ForWholeSums(node.Operator)
            ?? throw new EnvironmentException($"The model feeds a product of two parts to {node.Operator}, which has no kernel.");
    }

    private static ReadOnlySpan<byte> WithOperator(ReadOnlySpan<byte> node, string name)
    {
        var result = new ArrayBufferWriter<byte>(node.Length + KernelRegistry.Domain.Length + name.Length);
        var fields = new ProtobufFields(node);
        while (fields.Next())
        {
            if (fields.Number is not (OnnxFields.NodeOperator or OnnxFields.NodeDomain))
            {
                result.Write(fields.Raw);
            }
        }

        ProtobufFields.Write(result, OnnxFields.NodeOperator, Encoding.UTF8.GetBytes(name));
        ProtobufFields.Write(result, OnnxFields.NodeDomain, Encoding.UTF8.GetBytes(KernelRegistry.Domain));
        return result.WrittenSpan;
    }
}
