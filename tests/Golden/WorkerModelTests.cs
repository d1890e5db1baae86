namespace NacrithOnnx.Tests.Golden;

/// <summary>Two frames at once on the weights of the real model: what is computed is what one frame after another gives.</summary>
public sealed class WorkerModelTests
{
    private const int FrameLength = 2000;

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Two_workers_make_and_read_the_archive_of_one(int level)
    {
        var content = GoldenTexts.All.Select(golden => golden.Content).First(text => text.Length > 2 * FrameLength)[..(2 * FrameLength)];
        using var one = new NacrithCodec(new CodecSettings(RealModel.Folder, 2) { Workers = 1 });
        using var two = new NacrithCodec(new CodecSettings(RealModel.Folder, 2) { Workers = 2 });

        var archive = Archive(two, content, level);

        Assert.Equal(Archive(one, content, level), archive);
        Assert.Equal(content, two.Decompress(archive));
    }

    private static byte[] Archive(NacrithCodec codec, byte[] content, int level)
    {
        using var output = new MemoryStream();
        using var writer = codec.OpenWriter(output, new CompressOptions { Level = level }, null, FrameLength);
        writer.Write(content);
        writer.Complete();
        return output.ToArray();
    }
}
