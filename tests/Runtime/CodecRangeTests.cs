using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Parts of archives, archives of several frames, and several archives in one file.</summary>
public sealed class CodecRangeTests : IDisposable
{
    private const int FrameLength = 4 << 20;

    private static readonly byte[] TwoFrames = MakeTwoFrames();
    private static readonly byte[] First = TinyCodec.Prose[..1200];
    private static readonly byte[] Second = TinyCodec.Prose[2000..3000];

    private static readonly Lazy<byte[]> LazyArchive = new(() =>
    {
        using var codec = TinyCodec.Open();
        return codec.Compress(TwoFrames, 6);
    });

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public void Dispose() => _codec.Dispose();

    [Theory]
    [InlineData(0, 10L)]
    [InlineData(0, 0L)]
    [InlineData(17, 1L)]
    [InlineData(FrameLength - 5, 10L)]
    [InlineData(FrameLength, 1L)]
    [InlineData(FrameLength + 90, 50L)]
    [InlineData(FrameLength + 500, 700L)]
    [InlineData(FrameLength - 3, null)]
    [InlineData(FrameLength + 1599, 1L)]
    [InlineData(FrameLength + 1599, 2L)]
    [InlineData(FrameLength + 1600, 1L)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_range_comes_from_a_file_and_from_a_pipe(long offset, long? length)
    {
        var options = new DecompressOptions { Offset = offset, Length = length };
        var start = (int)Math.Min(offset, TwoFrames.Length);
        var expected = TwoFrames[start..(int)Math.Min(TwoFrames.Length, start + Math.Min(length ?? int.MaxValue, int.MaxValue))];

        Assert.Equal(expected, _codec.Decompress(LazyArchive.Value, options));
        Assert.Equal(expected, _codec.Decompress(new ForwardOnlyStream(LazyArchive.Value), options));
    }

    [Fact]
    public void Several_frames_survive_a_round_trip() => Assert.Equal(TwoFrames, _codec.Decompress(LazyArchive.Value));

    [Fact]
    public void A_negative_number_is_refused()
    {
        var archive = _codec.Compress(First, 6);
        foreach (var options in (DecompressOptions[])[new() { Offset = -1 }, new() { Length = -1 }, new() { MaxOutput = -1 }, new() { MemoryLimit = -1 }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => _codec.Decompress(archive, options));
            Assert.Throws<ArgumentOutOfRangeException>(() => _codec.OpenReader(new MemoryStream(archive), options));
        }
    }

    [Fact]
    public void Concatenated_archives_of_different_levels_are_one_content()
    {
        byte[] archives =
            [.. _codec.Compress(First, 2), .. _codec.Compress([], 6), .. _codec.Compress(Second, 9), .. _codec.Compress(First, 6)];
        byte[] content = [.. First, .. Second, .. First];

        Assert.Equal(content, _codec.Decompress(archives));
        Assert.Equal(content, _codec.Decompress(new OneByteAtATimeStream(archives)));
        Assert.Equal(
            content[1100..2300], _codec.Decompress(archives, new DecompressOptions { Offset = 1100, Length = 1200 }));
    }

    private static byte[] MakeTwoFrames()
    {
        var random = new byte[FrameLength + 100];
        new Random(1).NextBytes(random);
        return [.. random, .. TinyCodec.Prose[..1500]];
    }
}
