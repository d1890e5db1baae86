using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Checks the processor and the library before they process an archive: matrix products of extreme operands are
/// compared with plain integer arithmetic. A kernel that saturates causes an error here instead of a damaged file.
/// </summary>
internal static class SelfTest
{
    private const int MaxNarrow = 255;
    private const int MaxWide = 127;

    /// <summary>Input of activations and output of sums for one part and for two.</summary>
    public const string NarrowInput = "narrow";
    public const string NarrowOutput = "narrow.sums";
    public const string WideInput = "wide";
    public const string WideOutput = "wide.sums";

    /// <summary>Runs the test graph.</summary>
    /// <exception cref="EnvironmentException">A sum is wrong.</exception>
    public static void Run(FileSlice graph, int threads)
    {
        using var session = OnnxLanguageModel.OpenSession(graph, threads, KernelWidth.None);
        using var options = new RunOptions();
        foreach (var rows in SelfTestPattern.RowCounts)
        {
            using var narrow = Activations(rows, MaxNarrow);
            using var wide = Activations(rows, MaxWide);
            using var sums = session.Run(
                options, [NarrowInput, WideInput], [narrow.Value, wide.Value], [NarrowOutput, WideOutput]);
            Check(sums[0], narrow, rows, ExactArithmetic.NarrowZeroPoint, ExactArithmetic.NarrowWeightLimit);
            Check(sums[1], wide, rows, ExactArithmetic.WideZeroPoint, ExactArithmetic.WideWeightLimit);
        }
    }

    private static PinnedTensor<byte> Activations(int rows, int max)
    {
        var tensor = new PinnedTensor<byte>(rows, SelfTestPattern.Inputs);
        for (var i = 0; i < tensor.Length; i++)
        {
            tensor.Span[i] = SelfTestPattern.Activation(i / SelfTestPattern.Inputs, i % SelfTestPattern.Inputs, max);
        }

        return tensor;
    }

    private static void Check(OrtValue result, PinnedTensor<byte> activations, int rows, int zeroPoint, int limit)
    {
        var sums = result.GetTensorDataAsSpan<int>();
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < SelfTestPattern.Outputs; output++)
            {
                var expected = 0;
                for (var input = 0; input < SelfTestPattern.Inputs; input++)
                {
                    var activation = activations.Span[(row * SelfTestPattern.Inputs) + input] - zeroPoint;
                    expected += activation * SelfTestPattern.Weight(input, output, limit);
                }

                if (sums[(row * SelfTestPattern.Outputs) + output] != expected)
                {
                    throw new EnvironmentException(
                        "ONNX Runtime computes matrix products incorrectly on this processor; archives made here would "
                        + "be unreadable elsewhere. Please report the processor and the output of nacrith -V.");
                }
            }
        }
    }
}
