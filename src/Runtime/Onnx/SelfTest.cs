using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;
using NacrithOnnx.Runtime.Kernels.Steps;

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
            Check("ONNX Runtime computes", sums[0].GetTensorDataAsSpan<int>(), narrow, rows, isWide: false);
            Check("ONNX Runtime computes", sums[1].GetTensorDataAsSpan<int>(), wide, rows, isWide: true);
        }
    }

    /// <summary>The same for the products that do without ONNX Runtime.</summary>
    /// <param name="width">Width of the kernels.</param>
    /// <param name="isWhole">Whether activations of one part, or of two, are multiplied as int16.</param>
    /// <exception cref="EnvironmentException">A sum is wrong.</exception>
    public static void RunSteps(KernelWidth width, Func<bool, bool> isWhole)
    {
        switch (width)
        {
            case KernelWidth.Vector512:
                RunSteps<Pairs16>(isWhole);
                break;
            case KernelWidth.Vector256:
                RunSteps<Pairs8>(isWhole);
                break;
            case KernelWidth.Vector128:
                RunSteps<Pairs4>(isWhole);
                break;
            default:
                RunSteps<Pairs1>(isWhole);
                break;
        }
    }

    private static void RunSteps<TPairs>(Func<bool, bool> isWhole)
        where TPairs : struct, IPairLanes<TPairs>
    {
        foreach (var isWide in (bool[])[false, true])
        {
            var scales = GC.AllocateArray<float>(SelfTestPattern.Outputs, pinned: true);
            using var matrix = new StepMatrix(SelfTestPattern.Inputs, scales, isWide, isWhole(isWide), (first, weights) =>
            {
                for (var i = 0; i < weights.Length; i++)
                {
                    weights[i] = SelfTestPattern.Weight(
                        first + (i / SelfTestPattern.Outputs), i % SelfTestPattern.Outputs, Limit(isWide));
                }
            });
            foreach (var rows in SelfTestPattern.RowCounts)
            {
                using var activations = Activations(rows, isWide ? MaxWide : MaxNarrow);
                Check("This program computes", Product<TPairs>(matrix, activations, rows), activations, rows, isWide);
            }
        }
    }

    private static int Limit(bool isWide) => isWide ? ExactArithmetic.WideWeightLimit : ExactArithmetic.NarrowWeightLimit;

    /// <summary>The product of activations in one part.</summary>
    private static unsafe int[] Product<TPairs>(StepMatrix matrix, PinnedTensor<byte> activations, int rows)
        where TPairs : struct, IPairLanes<TPairs>
    {
        var whole = new short[activations.Length];
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] = (short)(activations.Span[i] - matrix.ZeroPoint);
        }

        // A wide matrix expects as many rows of low parts as of high ones, so each row of bytes is both.
        var parts = new byte[2 * activations.Length];
        activations.Span.CopyTo(parts);
        activations.Span.CopyTo(parts.AsSpan(activations.Length));
        var sums = new int[2 * rows * matrix.PaddedOutputs];
        fixed (short* words = whole)
        fixed (byte* bytes = parts)
        fixed (int* target = sums)
        {
            for (var panel = 0; panel < matrix.Panels; panel++)
            {
                matrix.Multiply<TPairs>(
                    matrix.IsWhole ? (byte*)words : bytes, rows, panel, target + (panel * matrix.PanelWidth), matrix.PaddedOutputs);
            }
        }

        return sums[..(rows * matrix.PaddedOutputs)];
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

    private static void Check(string who, ReadOnlySpan<int> sums, PinnedTensor<byte> activations, int rows, bool isWide)
    {
        var zeroPoint = isWide ? ExactArithmetic.WideZeroPoint : ExactArithmetic.NarrowZeroPoint;
        var stride = sums.Length / rows;
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < SelfTestPattern.Outputs; output++)
            {
                var expected = 0;
                for (var input = 0; input < SelfTestPattern.Inputs; input++)
                {
                    var activation = activations.Span[(row * SelfTestPattern.Inputs) + input] - zeroPoint;
                    expected += activation * SelfTestPattern.Weight(input, output, Limit(isWide));
                }

                if (sums[(row * stride) + output] != expected)
                {
                    throw new EnvironmentException(
                        $"{who} matrix products incorrectly on this processor; archives made here would "
                        + "be unreadable elsewhere. Please report the processor and the output of nacrith -V.");
                }
            }
        }
    }
}
