using System.Text;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>A node of an ONNX graph.</summary>
/// <param name="Operator">Its operator or function.</param>
/// <param name="Inputs">Names of what it reads.</param>
/// <param name="Outputs">Names of what it writes.</param>
internal sealed record GraphNode(string Operator, List<string> Inputs, List<string> Outputs)
{
    private const string MatMulInteger = "MatMulInteger";

    /// <summary>Whether it multiplies activations with weights.</summary>
    public bool IsProduct => Operator == MatMulInteger;

    /// <summary>Reads a NodeProto.</summary>
    /// <exception cref="EnvironmentException">It is malformed, or a product without the three inputs and one output of ours.</exception>
    public static GraphNode Read(ReadOnlySpan<byte> message)
    {
        var node = new GraphNode(string.Empty, [], []);
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case OnnxFields.NodeInput:
                    node.Inputs.Add(Encoding.UTF8.GetString(fields.Bytes));
                    break;
                case OnnxFields.NodeOutput:
                    node.Outputs.Add(Encoding.UTF8.GetString(fields.Bytes));
                    break;
                case OnnxFields.NodeOperator:
                    node = node with { Operator = Encoding.UTF8.GetString(fields.Bytes) };
                    break;
            }
        }

        return !node.IsProduct || (node.Inputs.Count == 3 && node.Outputs.Count == 1)
            ? node
            : throw new EnvironmentException("A matrix product of the model has a zero point too few or too many.");
    }
}
