using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;
using NacrithOnnx.Runtime.Onnx.CustomOps;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>Whole products against sums in 64 bits, at every width, for many shapes.</summary>
public sealed unsafe class WholeProductTests
{
    private const int ZeroPoint = ExactArithmetic.WideZeroPoint;

    /// <summary>Largest magnitude that activations of two parts reach: both parts 0..127 around 64.</summary>
    private const int MaxPart = 127;

    public static TheoryData<int, int, int> Shapes() => new()
    {
        { 1, 16, 16 }, { 1, 1536, 64 }, { 5, 33, 31 }, { 6, 64, 33 }, { 7, 64, 95 }, { 2, 130, 65 }, { 3, 64, 192 }, { 4, 48, 80 }, { 12, 1536, 576 },
        { 63, 128, 127 }, { 64, 129, 128 }, { 65, 31, 1 }, { 130, 576, 70 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_are_those_of_plain_integers(int rows, int inputs, int outputs)
    {
        var random = new Random((rows * 10_000) + inputs + outputs);
        var parts = new byte[2 * rows * inputs];
        var weights = new sbyte[inputs * outputs];
        foreach (ref var part in parts.AsSpan())
        {
            part = (byte)random.Next(MaxPart + 1);
        }

        foreach (ref var weight in weights.AsSpan())
        {
            weight = (sbyte)random.Next(-127, 128);
        }

        Check(rows, inputs, outputs, parts, weights);
    }

    [Theory]
    [InlineData(0, -127)]
    [InlineData(0, 127)]
    [InlineData(127, -127)]
    [InlineData(127, 127)]
    public void Extremes_of_all_operands_at_once_are_exact(byte part, sbyte weight)
    {
        // 2,048 inputs: the longest for which 8,127 · 127 fits.
        const int Rows = 5, Inputs = 2048, Outputs = 64;
        var parts = new byte[2 * Rows * Inputs];
        var weights = new sbyte[Inputs * Outputs];
        parts.AsSpan().Fill(part);
        weights.AsSpan().Fill(weight);

        Check(Rows, Inputs, Outputs, parts, weights);
    }

    private static void Check(int rows, int inputs, int outputs, byte[] parts, sbyte[] weights)
    {
        var expected = Plain(rows, inputs, outputs, parts, weights);
        Assert.Equal(expected, Run<Pairs1>(rows, inputs, outputs, parts, weights));
        Assert.Equal(expected, Run<Pairs4>(rows, inputs, outputs, parts, weights));
        if (KernelSets.IsSupported(KernelWidth.Vector256))
        {
            Assert.Equal(expected, Run<Pairs8>(rows, inputs, outputs, parts, weights));
        }

        if (KernelSets.IsSupported(KernelWidth.Vector512))
        {
            Assert.Equal(expected, Run<Pairs16>(rows, inputs, outputs, parts, weights));
        }
    }

    private static int[] Plain(int rows, int inputs, int outputs, byte[] parts, sbyte[] weights)
    {
        var sums = new int[rows * outputs];
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < outputs; output++)
            {
                long sum = 0;
                for (var input = 0; input < inputs; input++)
                {
                    var high = parts[(row * inputs) + input] - ZeroPoint;
                    var low = parts[((rows + row) * inputs) + input] - ZeroPoint;
                    sum += ((high * 128L) + low) * weights[(input * outputs) + output];
                }

                sums[(row * outputs) + output] = checked((int)sum);
            }
        }

        return sums;
    }

    private static int[] Run<TPairs>(int rows, int inputs, int outputs, byte[] parts, sbyte[] weights)
        where TPairs : struct, IPairLanes<TPairs>
    {
        var stride = (inputs + 1) / 2 * 2;
        var joined = new short[rows * stride];
        var sums = new int[rows * outputs];
        joined.AsSpan().Fill(short.MinValue);
        sums.AsSpan().Fill(int.MinValue);
        fixed (byte* bytes = parts)
        fixed (sbyte* matrix = weights)
        fixed (short* activations = joined)
        fixed (int* target = sums)
        {
            using var packed = new PackedWeights(inputs, outputs);
            var pack = new PackWork { Weights = matrix, Packed = packed.Matrix };
            RunAll(ref pack, packed.Matrix.Panels);
            var join = new JoinPartsWork { Parts = bytes, Rows = rows, Columns = inputs, Joined = activations, Stride = stride };
            RunAll(ref join, rows);
            var product = new WholeProductWork<TPairs>
            {
                Activations = activations,
                Stride = stride,
                Rows = rows,
                Weights = packed.Matrix,
                Sums = target,
            };
            RunAll(ref product, product.Items);
        }

        return sums;
    }

    private static void RunAll<TWork>(ref TWork work, int items)
        where TWork : IWork
    {
        for (var item = 0; item < items; item++)
        {
            work.Run(item);
        }
    }
}
