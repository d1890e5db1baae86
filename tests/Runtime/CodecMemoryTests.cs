using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Frame;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Parameters of an archive cannot take more memory than the reader allows.</summary>
public sealed class CodecMemoryTests : IDisposable
{
    private static readonly byte[] Content = new byte[1000];

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public void Dispose() => _codec.Dispose();

    [Theory]
    [InlineData("byte-memory", 28)]
    [InlineData("order-bits", 20)]
    public void Tables_beyond_the_limit_are_refused(string parameter, int value)
    {
        var archive = Archive(parameter, value);

        Assert.Throws<LimitExceededException>(
            () => _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 64 << 20 }));
        Assert.Equal(Content, _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 1L << 30 }));
        Assert.Equal(Content, _codec.Decompress(archive));
    }

    [Fact]
    public void The_usual_tables_do_not_count()
    {
        var archive = Archive("byte-memory", ByteCoderSettings.DefaultMemoryBits);

        Assert.Equal(Content, _codec.Decompress(archive, new DecompressOptions { MemoryLimit = 1 << 20 }));
    }

    [Fact]
    public void Caches_for_text_beyond_the_limit_are_refused_with_what_they_need()
    {
        // More tokens than a window has positions: 2,048 of one lane, 136 bytes each in this model.
        const int Needed = 2048 * 136;
        var content = TinyCodec.Prose[..9000];
        var archive = _codec.Compress(content, CompressOptions.DefaultLevel);

        var failure = Assert.Throws<LimitExceededException>(
            () => _codec.Decompress(archive, new DecompressOptions { MemoryLimit = Needed - 1 }));
        Assert.Contains($" {Needed} bytes of caches", failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, _codec.Decompress(archive, new DecompressOptions { MemoryLimit = Needed }));
    }

    private static byte[] Archive(string parameter, int value)
    {
        var settings = new ByteCoderSettings(parameter == "byte-memory" ? value : ByteCoderSettings.DefaultMemoryBits);
        var parameters = ProfileParameters.Write(Profiles.Of(2)).ToDictionary();
        parameters[parameter] = value;
        using var archive = new MemoryStream();
        using var writer = new ContainerWriter(archive);
        writer.WriteHeader(new ArchiveHeader { Parameters = parameters });
        writer.WriteFrame(new()
        {
            Original = Content,
            Regions = [new(RegionKind.Bytes, 0, Content.Length)],
            BytesPayload = ByteCoder.Compress(Content, settings),
        });
        writer.WriteEnd();
        return archive.ToArray();
    }
}
