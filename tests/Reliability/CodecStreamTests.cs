using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>The whole codec on streams that are slow, short, or fail at any byte.</summary>
public sealed class CodecStreamTests : IDisposable
{
    private readonly NacrithCodec _codec = new(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false });

    public void Dispose() => _codec.Dispose();

    public static TheoryData<byte[]> Contents => [CodecSamples.Text, CodecSamples.Bytes];

    [Theory]
    [InlineData(RegionKind.Text)]
    [InlineData(RegionKind.Bytes)]
    public void The_samples_use_both_coders(RegionKind kind)
    {
        var archive = CodecSamples.Compress(_codec, kind == RegionKind.Text ? CodecSamples.Text : CodecSamples.Bytes);

        var regions = ArchiveListing.Read(new MemoryStream(archive))[0].Frames[0].Head.Regions;
        Assert.Contains(regions.ToArray(), region => region.Kind == kind);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void An_input_that_fails_at_any_byte_shows_its_own_error_and_nothing_else_comes_out(byte[] content)
    {
        var archive = CodecSamples.Compress(_codec, content);
        for (var limit = 0; limit < archive.Length; limit++)
        {
            using var output = new MemoryStream();
            Assert.Throws<IOException>(() => _codec.Decompress(
                new FailingStream(archive, limit), output, new DecompressOptions(), null, CancellationToken.None));
            Assert.Equal(0, output.Length);
        }

        for (var limit = 0; limit < content.Length; limit++)
        {
            Assert.Throws<IOException>(() => _codec.Compress(
                new FailingStream(content, limit), Stream.Null, new CompressOptions(), null, CancellationToken.None));
        }
    }

    [Fact]
    public void An_output_that_fails_at_any_byte_shows_its_own_error()
    {
        var archive = CodecSamples.Compress(_codec, CodecSamples.Bytes);
        for (var limit = 0; limit < archive.Length; limit++)
        {
            Assert.Throws<IOException>(() => _codec.Compress(
                new MemoryStream(CodecSamples.Bytes), new FailingStream([], limit), new CompressOptions(), null, CancellationToken.None));
        }

        // The content is written in one call, so the offset at which the output fails hardly matters.
        for (var limit = 0; limit < CodecSamples.Bytes.Length; limit += 100)
        {
            Assert.Throws<IOException>(() => _codec.Decompress(
                new MemoryStream(archive), new FailingStream([], limit), new DecompressOptions(), null, CancellationToken.None));
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void The_way_the_bytes_arrive_does_not_matter(byte[] content)
    {
        var archive = CodecSamples.Compress(_codec, content);
        for (var seed = 0; seed < 5; seed++)
        {
            Assert.Equal(content, CodecSamples.Decompress(_codec, new ShortReadStream(archive, seed)));
            using var again = new MemoryStream();
            _codec.Compress(new ShortReadStream(content, seed), again, new CompressOptions(), null, CancellationToken.None);
            Assert.Equal(archive, again.ToArray());
        }

        Assert.Equal(content, CodecSamples.Decompress(_codec, new OneByteAtATimeStream(archive)));
        Assert.Equal(content, CodecSamples.Decompress(_codec, new ForwardOnlyStream(archive)));
    }
}
