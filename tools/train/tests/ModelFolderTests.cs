using NacrithOnnx.Export.Weights;
using NacrithOnnx.Train.Files;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Tests.Support;

namespace NacrithOnnx.Train.Tests;

public sealed class ModelFolderTests
{
    [Fact]
    public void The_exporter_reads_the_same_weights_and_shape()
    {
        using var folder = new TemporaryFolder();
        using var source = new RandomWeights(RandomWeights.WithSharedHeads, 5);
        using var weights = new LlamaWeights(source);
        ModelFolder.Write(folder.Path, weights, WeightType.F32);
        using var read = WeightSources.Open(folder.File(ModelFolder.WeightsName));
        Assert.Equal(source.Shape, read.Shape);
        Assert.All(weights.Names, name => Assert.Equal(source.Read(name), read.Read(name)));
    }

    [Fact]
    public void Bfloat16_is_the_nearest_with_ties_to_even()
    {
        using var folder = new TemporaryFolder();
        float[] values = [1f, 1.00390625f, 1.01171875f, -1.0039f, 3.4e38f, 1e-40f];
        SafetensorsFile.Write(folder.File("values"), WeightType.BF16, [("v", [6])], _ => values);
        float[] expected = [1f, 1f, 1.015625f, -1f, float.PositiveInfinity, 9.183549615799121e-41f];
        var bytes = File.ReadAllBytes(folder.File("values"))[^12..];
        float[] read = [.. bytes.Chunk(2).Select(pair => BitConverter.Int32BitsToSingle((pair[0] | (pair[1] << 8)) << 16))];
        Assert.Equal(expected, read);
    }
}
