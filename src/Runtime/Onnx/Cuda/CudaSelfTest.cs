using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// Products of signed bytes with extreme operands, computed on a device and compared with plain integer arithmetic.
/// </summary>
internal static class CudaSelfTest
{
    /// <summary>A multiple of 32, as every matrix of the model has: the provider copies others before it multiplies.</summary>
    private const int Inputs = 1536;
    private const int Outputs = 64;

    private const string Activations = "activations";
    private const string Weights = "weights";
    private const string Sums = "sums";

    /// <summary>One row is a product of its own kind, as are those of a step and of a chunk.</summary>
    private static readonly int[] RowCounts = [1, 2, 3, 5, 8, 33, 128];

    /// <summary>Computes the products.</summary>
    /// <returns>Whether all sums are right.</returns>
    /// <exception cref="OnnxRuntimeException">The device fails.</exception>
    public static bool Run(ComputeDevice device) =>
        IsExact(device, 255, ExactArithmetic.NarrowZeroPoint, ExactArithmetic.NarrowWeightLimit)
        && IsExact(device, 127, ExactArithmetic.WideZeroPoint, ExactArithmetic.WideWeightLimit);

    private static bool IsExact(ComputeDevice device, int maxByte, int zeroPoint, int weightLimit)
    {
        sbyte Activation(int row, int input) => (sbyte)(SelfTestPattern.Activation(row, input, maxByte) - zeroPoint);
        using var session = new CudaSession(Graph(weightLimit), folder: null, device);
        using var options = new RunOptions();
        foreach (var rows in RowCounts)
        {
            using var activations = new PinnedTensor<sbyte>(rows, Inputs);
            for (var i = 0; i < activations.Length; i++)
            {
                activations.Span[i] = Activation(i / Inputs, i % Inputs);
            }

            using var sums = session.Session.Run(options, [Activations], [activations.Value], [Sums]);
            var found = sums[0].GetTensorDataAsSpan<int>();
            for (var i = 0; i < found.Length; i++)
            {
                var expected = 0;
                for (var input = 0; input < Inputs; input++)
                {
                    expected += Activation(i / Outputs, input) * SelfTestPattern.Weight(input, i % Outputs, weightLimit);
                }

                if (found[i] != expected)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static byte[] Graph(int weightLimit)
    {
        var weights = new sbyte[Inputs * Outputs];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = SelfTestPattern.Weight(i / Outputs, i % Outputs, weightLimit);
        }

        var model = new OnnxModel("selftest-cuda");
        model.Input(Activations, OnnxType.Int8, "rows", Inputs);
        model.Initializer(Weights, OnnxTensor.Int8([Inputs, Outputs], weights));
        model.Graph.NodeInto("MatMulInteger", [Activations, Weights], [Sums]);
        model.Output(Sums, OnnxType.Int32, "rows", Outputs);
        return model.ToArray();
    }
}
