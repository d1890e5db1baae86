using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Api;

/// <summary>Content in memory, in one call.</summary>
public sealed class MemoryTests
{
    private static readonly byte[] Content = ApiSamples.Text;

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    public void Content_survives_a_round_trip(int level)
    {
        var archive = ApiSamples.Codec.Compress(Content, new CompressOptions { Level = level });

        Assert.Equal(Content.Length, Assert.Single(ArchiveListing.Read(new MemoryStream(archive))[0].Frames).Head.TextLength);
        Assert.Equal(Content, ApiSamples.Codec.Decompress(archive));
        Assert.Equal([.. Content, .. Content], ApiSamples.Codec.Decompress((byte[])[.. archive, .. archive]));
    }

    [Fact]
    public void Content_of_several_frames_survives_a_round_trip()
    {
        var content = ApiSamples.Noise((4 << 20) + 1000);
        var archive = ApiSamples.Codec.Compress(content);

        Assert.True(content.AsSpan().SequenceEqual(ApiSamples.Codec.Decompress(archive)));
        Assert.InRange(archive.Length, content.Length, content.Length + 500);
        var range = new DecompressOptions { Offset = (4 << 20) - 3, Length = 7 };
        Assert.Equal(content[((4 << 20) - 3)..((4 << 20) + 4)], ApiSamples.Codec.Decompress(archive, range));
    }

    [Fact]
    public void More_than_the_bound_is_refused()
    {
        var archive = ApiSamples.Codec.Compress(Content);

        Assert.Throws<LimitExceededException>(
            () => ApiSamples.Codec.Decompress(archive, new DecompressOptions { MaxOutput = Content.Length - 1 }));
        Assert.Throws<LimitExceededException>(
            () => ApiSamples.Codec.Decompress(archive, new DecompressOptions { MaxOutput = Content.Length - 1, Length = 5 }));
        Assert.Equal(Content, ApiSamples.Codec.Decompress(archive, new DecompressOptions { MaxOutput = Content.Length }));
    }

    [Fact]
    public void Input_that_is_not_an_archive_is_refused()
    {
        Assert.Throws<NotAnArchiveException>(() => ApiSamples.Codec.Decompress(default));
        Assert.Throws<NotAnArchiveException>(() => ApiSamples.Codec.Decompress(Content));
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiSamples.Codec.Compress(Content, new CompressOptions { Level = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NacrithCodec(new CodecSettings("none", 0)));
    }

    [Fact]
    public void Both_directions_can_be_cancelled()
    {
        var archive = ApiSamples.Codec.Compress(Content);
        var stored = ApiSamples.Codec.Compress(ApiSamples.Noise(256));
        var cancelled = new CancellationToken(true);

        Assert.ThrowsAny<OperationCanceledException>(() => ApiSamples.Codec.Compress(Content, cancel: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => ApiSamples.Codec.Compress([], cancel: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => ApiSamples.Codec.Decompress(archive, cancel: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => ApiSamples.Codec.Decompress(stored, cancel: cancelled));
        Assert.Equal(Content, ApiSamples.Codec.Decompress(archive));
    }
}
