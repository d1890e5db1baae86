using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.Graphs;

namespace NacrithOnnx.Export;

/// <summary>Writes the graph of the known-answer test: one product for one part, one for two.</summary>
internal static class SelfTestGraph
{
    public static byte[] Write()
    {
        var model = new OnnxModel("selftest");
        Add(model, SelfTest.NarrowInput, SelfTest.NarrowOutput, ExactArithmetic.NarrowZeroPoint, ExactArithmetic.NarrowWeightLimit);
        Add(model, SelfTest.WideInput, SelfTest.WideOutput, ExactArithmetic.WideZeroPoint, ExactArithmetic.WideWeightLimit);
        return model.ToArray();
    }

    private static void Add(OnnxModel model, string input, string output, byte zeroPoint, int limit)
    {
        var weights = new sbyte[SelfTestPattern.Inputs * SelfTestPattern.Outputs];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = SelfTestPattern.Weight(i / SelfTestPattern.Outputs, i % SelfTestPattern.Outputs, limit);
        }

        model.Input(input, OnnxType.UInt8, "rows", SelfTestPattern.Inputs);
        model.Initializer(input + ".weights", OnnxTensor.Int8([SelfTestPattern.Inputs, SelfTestPattern.Outputs], weights));
        model.Initializer(input + ".zero_point", OnnxTensor.UInt8([], [zeroPoint]));
        model.Graph.NodeInto("MatMulInteger", [input, input + ".weights", input + ".zero_point"], [output]);
        model.Output(output, OnnxType.Int32, "rows", SelfTestPattern.Outputs);
    }
}
