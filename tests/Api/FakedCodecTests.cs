using System.IO.Compression;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

/// <summary>Programs can test what they do with streams without a model.</summary>
public sealed class FakedCodecTests
{
    [Fact]
    public async Task A_stream_works_over_a_codec_that_is_faked()
    {
        await using ICodec codec = new FakeCodec(new CodecSettings("none", 1));
        using var archive = new MemoryStream();
        await using (var stream = new NacrithStream(archive, codec, CompressionMode.Compress, leaveOpen: true))
        {
            stream.Write("abc"u8);
            await stream.WriteAsync("def"u8.ToArray());
            Assert.Equal(6, stream.Position);
        }

        archive.Position = 0;
        using var reader = new NacrithStream(archive, codec, CompressionMode.Decompress);
        Assert.Equal((byte)'a', reader.ReadByte());
        reader.Seek(-2, SeekOrigin.End);

        Assert.Equal("ef"u8, ApiSamples.ReadAll(reader));
    }

    [Fact]
    public void Settings_have_defaults()
    {
        var settings = new CodecSettings();

        Assert.Equal(Environment.ProcessorCount, settings.Threads);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models", "onnx"), settings.ModelFolder);
        Assert.Equal(new CodecSettings("folder", Environment.ProcessorCount), new CodecSettings("folder"));
        using var codec = new NacrithCodec();
        Assert.Throws<EnvironmentException>(() => codec.Compress("a text of some words"u8));
    }
}
