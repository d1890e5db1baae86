using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>Products of few rows against plain integers. Without VPDPBUSD, its substitute is tested.</summary>
public sealed unsafe class QuadPanelTests
{
    private const int Side = QuadMatrix.Side;

    public static TheoryData<int, int, int, int> Shapes()
    {
        var data = new TheoryData<int, int, int, int> { { 12, 576, 40, 128 }, { 24, 1536, 25, 64 }, { 40, 64, 24, 128 } };
        for (var rows = 1; rows <= 9; rows++)
        {
            data.Add(rows, 8 * rows, 17 + rows, 64);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_are_those_of_plain_integers(int rows, int inputs, int outputs, int zeroPoint)
    {
        var random = new Random((rows * 10_000) + inputs + outputs);
        var a = new byte[rows * inputs];
        var weights = new sbyte[inputs * outputs];
        random.NextBytes(a);
        foreach (ref var weight in weights.AsSpan())
        {
            weight = (sbyte)random.Next(-127, 128);
        }

        Check(rows, inputs, outputs, zeroPoint, a, weights);
    }

    [Theory]
    [InlineData(0, -127)]
    [InlineData(0, 127)]
    [InlineData(255, -127)]
    [InlineData(255, 127)]
    public void Extremes_of_all_operands_at_once_are_exact(byte activation, sbyte weight)
    {
        const int Rows = 5, Outputs = 30;
        var a = new byte[Rows * ExactArithmetic.MaxMatrixInputs];
        var weights = new sbyte[ExactArithmetic.MaxMatrixInputs * Outputs];
        a.AsSpan().Fill(activation);
        weights.AsSpan().Fill(weight);

        Check(Rows, ExactArithmetic.MaxMatrixInputs, Outputs, ExactArithmetic.NarrowZeroPoint, a, weights);
    }

    private static void Check(int rows, int inputs, int outputs, int zeroPoint, byte[] a, sbyte[] weights)
    {
        var panels = QuadMatrix.PanelsOf(outputs);
        var packed = new sbyte[QuadMatrix.Length(inputs, outputs)];
        var offsets = new int[panels * Side];
        var sums = new int[rows * panels * Side];
        packed.AsSpan().Fill(99);
        fixed (byte* left = a)
        fixed (sbyte* source = weights)
        fixed (sbyte* bytes = packed)
        fixed (int* offset = offsets)
        fixed (int* target = sums)
        {
            var matrix = new QuadMatrix { Bytes = bytes, Offsets = offset, Inputs = inputs, Outputs = outputs };
            for (var panel = 0; panel < panels; panel++)
            {
                QuadPacking.Pack(source, 0, 4, in matrix, panel);
                QuadPacking.Pack(source + (4 * outputs), 4, inputs - 4, in matrix, panel);
            }

            QuadPacking.SetOffsets(in matrix, zeroPoint);
            for (var panel = 0; panel < panels; panel++)
            {
                QuadPanel.Multiply(left, rows, in matrix, panel, target + (panel * Side), panels * Side);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < panels * Side; output++)
            {
                long sum = 0;
                for (var i = 0; i < inputs && output < outputs; i++)
                {
                    sum += (a[(row * inputs) + i] - zeroPoint) * weights[(i * outputs) + output];
                }

                Assert.Equal(sum, sums[(row * panels * Side) + output]);
            }
        }
    }
}
