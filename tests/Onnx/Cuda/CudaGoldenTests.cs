using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Tests.Golden;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx.Cuda;

/// <summary>The real model's golden logits, from the graph for CUDA on the CPU provider.</summary>
public sealed class CudaGoldenTests
{
    /// <summary>Tokens of the first call; steps follow.</summary>
    private const int Prefill = 36;

    [Theory]
    [InlineData("fast")]
    [InlineData("precise")]
    public void Prefill_and_steps_of_two_lanes_give_the_golden_logits(string plan)
    {
        var manifest = new ModelFolder(RealModel.Folder).Manifest;
        using var model = new CudaLanguageModel(
            FileSlice.Whole(Path.Combine(RealModel.Folder, manifest.Graphs[plan])), manifest.Shape, ComputeDevice.Cpu);
        var prompt = RealModel.Prompt;
        int[] other = [manifest.Shape.StartToken, .. prompt[1..].Reverse()];
        using var cache = model.CreateCache(2, prompt.Length);

        var first = model.Forward(cache, [.. prompt[..Prefill], .. other[..Prefill]], 0).Span;
        var bits = LogitBits.Of(first[..(first.Length / 2)]).ToList();
        for (var i = Prefill; i < prompt.Length; i++)
        {
            var step = model.Forward(cache, [prompt[i], other[i]], 0).Span;
            bits.AddRange(LogitBits.Of(step[..(step.Length / 2)]));
        }

        Assert.Equal(
            RealModel.Logits(plan), LogitBits.Hash(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bits)));
    }
}
