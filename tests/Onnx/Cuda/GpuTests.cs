using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Tests.Golden;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx.Cuda;

/// <summary>What only a GPU can show: dotnet test -c Release -p:Cuda=true --filter Needs=GPU.</summary>
[Trait("Needs", "GPU")]
public sealed class GpuTests
{
    private static readonly ComputeDevice Gpu = new(0);

    [GpuFact]
    public void Products_of_extreme_operands_are_exact() => Assert.True(CudaSelfTest.Run(Gpu));

    [GpuFact]
    public void The_golden_logits_are_computed() => Assert.All((string[])["fast", "precise"], plan =>
    {
        var manifest = new ModelFolder(RealModel.Folder).Manifest;
        using var model = new CudaLanguageModel(
            FileSlice.Whole(Path.Combine(RealModel.Folder, manifest.Graphs[plan])), manifest.Shape, Gpu);
        using var cache = model.CreateCache(1, RealModel.Prompt.Length);
        var bits = LogitBits.Of(model.Forward(cache, RealModel.Prompt.AsSpan(0, 40), 0).Span).ToList();
        bits.AddRange(LogitBits.Of(model.Forward(cache, RealModel.Prompt.AsSpan(40), 0).Span));

        Assert.Equal(RealModel.Logits(plan), LogitBits.Hash(bits.ToArray()));
    });

    [GpuFact]
    public void Archives_are_those_of_the_CPU_and_open_on_it()
    {
        var text = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "texts", "alice29.txt")).AsSpan(0, 6000).ToArray();
        using var gpu = new NacrithCodec(new CodecSettings(RealModel.Folder) { Device = "cuda" });
        using var cpu = new NacrithCodec(new CodecSettings(RealModel.Folder) { Device = "cpu" });
        foreach (var level in (int[])[1, 6, 9])
        {
            var options = new CompressOptions { Level = level };
            var archive = gpu.Compress(text, options);

            Assert.Equal(cpu.Compress(text, options), archive);
            Assert.Equal(text, cpu.Decompress(archive));
            Assert.Equal(text, gpu.Decompress(archive));
        }
    }
}
