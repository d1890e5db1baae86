using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx.Cuda;

public sealed class DeviceProofTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("precise")]
    public void The_graph_for_CUDA_proves_itself_on_the_CPU(string plan)
    {
        using var cpu = TinyModel.Graph.Open(plan, KernelSets.Best);
        using var model = new CudaLanguageModel(
            FileSlice.Whole(Path.Combine(TinyModel.Graph.Folder, TinyModel.Graph.Manifest.Graphs[plan])),
            TinyModel.Graph.Shape, ComputeDevice.Cpu);

        Assert.Null(DeviceProof.Difference(model, cpu));
    }

    [Theory]
    [InlineData(1, 70, "a large call")]
    [InlineData(1, 1, "a step")]
    [InlineData(3, 1, "a step of several lanes")]
    [InlineData(1, 207, "a long context")]
    public void One_wrong_bit_is_found_and_named(int lanes, int count, string difference)
    {
        using var cpu = TinyModel.Graph.Open("fast", KernelSets.Best);
        using var wrong = new WrongModel(TinyModel.Graph.Open("fast", KernelSets.Best), lanes, count);

        Assert.Equal(difference, DeviceProof.Difference(wrong, cpu));
    }

    [Fact]
    public void Products_of_extreme_operands_are_exact_on_the_CPU() => Assert.True(CudaSelfTest.Run(ComputeDevice.Cpu));
}
