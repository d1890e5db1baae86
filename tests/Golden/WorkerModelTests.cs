namespace NacrithOnnx.Tests.Golden;

/// <summary>Two frames at once on the weights of the real model: what is computed is what one frame after another gives.</summary>
public sealed class WorkerModelTests
{
    private const int FrameLength = 2000;

    [Fact]
    public void Two_workers_make_and_read_the_archive_of_one()
    {
        var content = GoldenTexts.All.Select(golden => golden.Content).First(text => text.Length > 2 * FrameLength)[..(2 * FrameLength)];
        using var one = new NacrithCodec(new CodecSettings(RealModel.Folder, 2) { Workers = 1 });
        using var two = new NacrithCodec(new CodecSettings(RealModel.Folder, 2) { Workers = 2 });

        var archive = Archive(two, content);

        Assert.Equal(Archive(one, content), archive);
        Assert.Equal(content, two.Decompress(archive));
    }

    private static byte[] Archive(NacrithCodec codec, byte[] content)
    {
        using var output = new MemoryStream();
        using var writer = codec.OpenWriter(output, new CompressOptions(), null, FrameLength);
        writer.Write(content);
        writer.Complete();
        return output.ToArray();
    }
}
