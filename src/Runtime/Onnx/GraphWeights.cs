using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Finds the weights of every matrix product of a graph, and the limit that the zero point of its activations sets. The
/// weights that ONNX Runtime multiplies must be checked, not those that a manifest lists.
/// </summary>
internal static class GraphWeights
{
    /// <summary>INT8 in enum TensorProto.DataType.</summary>
    private const int Int8 = 3;

    /// <summary>Lists the matrices; a matrix shared by several products is listed once for each.</summary>
    /// <exception cref="EnvironmentException">The graph does not use the exact arithmetic.</exception>
    public static List<WeightMatrix> Read(ReadOnlySpan<byte> model)
    {
        var tensors = GraphTensors.Read(model);
        return tensors.Products.Count > 0
            ? [.. tensors.Products.Select(product => Matrix(
                product.Inputs[1], tensors.Find(product.Inputs[1]), tensors.Find(product.Inputs[2])))]
            : throw new EnvironmentException("A graph of the model folder has no matrix product.");
    }

    private static WeightMatrix Matrix(string name, GraphTensor? weights, GraphTensor? zeroPoint)
    {
        if (weights is not { Type: Int8, File: { } file, Length: > 0, Inputs: > 0 and <= ExactArithmetic.MaxMatrixInputs })
        {
            throw new EnvironmentException($"Matrix {name} of the model does not fit the exact arithmetic.");
        }

        var limit = zeroPoint?.Scalar switch
        {
            ExactArithmetic.NarrowZeroPoint => ExactArithmetic.NarrowWeightLimit,

            // high·128 + low must fit in an int32 as well.
            ExactArithmetic.WideZeroPoint => Math.Min(
                ExactArithmetic.WideWeightLimit, int.MaxValue / (long)ExactArithmetic.WideLimit / weights.Inputs),
            _ => throw new EnvironmentException($"The zero point of matrix {name} does not fit the exact arithmetic."),
        };
        return new WeightMatrix(name, file, weights.Offset, weights.Length, (int)limit);
    }
}
