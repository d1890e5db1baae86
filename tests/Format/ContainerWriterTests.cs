using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>The writer refuses what a reader would refuse.</summary>
public sealed class ContainerWriterTests
{
    public static TheoryData<string, ArchiveHeader> BadHeaders => new()
    {
        { "level", new() { Level = 256 } },
        { "negative level", new() { Level = -1 } },
        { "length", new() { OriginalLength = -1 } },
        { "empty name", new() { Parameters = new Dictionary<string, long> { [""] = 1 } } },
        { "space in a name", new() { Parameters = new Dictionary<string, long> { ["a b"] = 1 } } },
        { "non-ASCII letter", new() { Parameters = new Dictionary<string, long> { ["ä"] = 1 } } },
        { "long name", new() { Parameters = new Dictionary<string, long> { [new('a', 65)] = 1 } } },
        { "many names", new() { Parameters = Enumerable.Range(0, 257).ToDictionary(n => $"p{n}", n => (long)n) } },
        { "profile", new() { Profile = 256 } },
        { "negative profile", new() { Profile = -1 } },
        { "dictionary without a model", new() { Dictionary = new HashPrefix(1) } },
        { "profile and parameters", new() { Profile = 1, Parameters = new Dictionary<string, long> { ["a"] = 1 } } },
    };

    /// <summary>Regions of ten bytes, tokens, bytes of coded text and coded bytes.</summary>
    public static TheoryData<string, Region[], int, int, int> BadFrames => new()
    {
        { "too short", [new(RegionKind.Stored, 0, 9)], 0, 0, 0 },
        { "too long", [new(RegionKind.Stored, 0, 11)], 0, 0, 0 },
        { "no region", [], 0, 0, 0 },
        { "empty region", [new(RegionKind.Stored, 0, 10), new(RegionKind.Stored, 0, 0)], 0, 0, 0 },
        { "kind", [new((RegionKind)3, 0, 10)], 0, 0, 0 },
        { "transform", [new(RegionKind.Text, 65536, 10)], 3, 5, 0 },
        { "transform of bytes", [new(RegionKind.Bytes, 1, 10)], 0, 0, 5 },
        { "stored transform", [new(RegionKind.Stored, 1, 10)], 0, 0, 0 },
        { "tokens", [new(RegionKind.Text, 0, 10)], 31, 5, 0 },
        { "text without region", [new(RegionKind.Stored, 0, 10)], 0, 5, 0 },
        { "tokens without region", [new(RegionKind.Stored, 0, 10)], 3, 0, 0 },
        { "bytes without region", [new(RegionKind.Stored, 0, 10)], 0, 0, 5 },
    };

    [Fact]
    public void Content_of_one_frame_becomes_a_small_archive()
    {
        var content = ArchiveSamples.Content(40);

        Assert.Equal(ArchiveForge.Small(content), StoredCodec.Compress(content));
        Assert.Equal(ArchiveForge.Small(content), StoredCodec.Compress(content, header: ArchiveSamples.FullHeader(40)));
        Assert.True(Header(StoredCodec.Compress(content, mixed: true)).IsSmall);
    }

    [Fact]
    public void What_a_small_archive_cannot_say_makes_a_large_one()
    {
        var content = ArchiveSamples.Content(40);

        Assert.False(Header(StoredCodec.Compress(content, header: ArchiveSamples.FullHeader(40), mixed: true)).IsSmall);
        Assert.False(Header(StoredCodec.Compress(content, header: new() { Model = StoredCodec.Model, Profile = 15 }, mixed: true)).IsSmall);
        Assert.False(Header(StoredCodec.Compress(content, header: new() { MinorVersion = 1 })).IsSmall);
        Assert.False(Header(StoredCodec.Compress(content, frameLength: 39)).IsSmall);
        Assert.True(Header(StoredCodec.Compress(new byte[1 << 22], frameLength: 1 << 23)).IsSmall);
        Assert.False(Header(StoredCodec.Compress(new byte[(1 << 22) + 1], frameLength: 1 << 23)).IsSmall);
    }

    [Fact]
    public void The_first_of_several_frames_must_have_the_dictionary_of_the_archive()
    {
        using var writer = new ContainerWriter(new MemoryStream());
        writer.WriteHeader(new() { Model = StoredCodec.Model, Dictionary = new HashPrefix(1), Profile = 3 });
        StoredCodec.WriteMixedFrame(writer, new byte[10]);

        Assert.Throws<InvalidOperationException>(() => StoredCodec.WriteMixedFrame(writer, new byte[10]));
    }

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_header_outside_the_bounds_is_refused(string what, ArchiveHeader header)
    {
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream);

        Assert.NotEmpty(what);
        Assert.ThrowsAny<ArgumentException>(() => writer.WriteHeader(header));
        Assert.Equal(0, stream.Length);
    }

    [Theory]
    [MemberData(nameof(BadFrames))]
    public void A_frame_outside_the_bounds_is_refused(string what, Region[] regions, int tokens, int textLength, int bytesLength)
    {
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream);
        writer.WriteHeader(new() { Model = StoredCodec.Model, Profile = 3 });

        Assert.NotEmpty(what);
        Assert.ThrowsAny<ArgumentException>(() => Write(writer, regions, tokens, textLength, bytesLength));
        writer.WriteEnd();
        Assert.Empty(StoredCodec.Decompress(stream.ToArray()));
    }

    public static TheoryData<string, ArchiveHeader> PoorHeaders => new()
    {
        { "no model", new() { Profile = 3 } },
        { "no parameters", new() { Model = StoredCodec.Model } },
        { "another profile", new() { Model = StoredCodec.Model, Profile = 4 } },
    };

    [Theory]
    [MemberData(nameof(PoorHeaders))]
    public void Text_that_the_header_does_not_describe_is_refused(string what, ArchiveHeader header)
    {
        using var writer = new ContainerWriter(new MemoryStream());
        writer.WriteHeader(header);

        Assert.NotEmpty(what);
        Assert.Throws<ArgumentException>(() => Write(writer, [new(RegionKind.Text, 0, 10)], 3, 5, 0));
        Assert.Throws<ArgumentException>(() => writer.WriteStoredFrame(default));
    }

    [Fact]
    public void The_parts_of_an_archive_must_be_written_in_order()
    {
        using var writer = new ContainerWriter(new MemoryStream());
        Assert.Throws<InvalidOperationException>(() => writer.WriteStoredFrame("a"u8));
        Assert.Throws<InvalidOperationException>(writer.WriteEnd);
        writer.WriteHeader(new() { OriginalLength = 2 });
        Assert.Throws<InvalidOperationException>(() => writer.WriteHeader(new()));
        Assert.Throws<ArgumentException>(() => writer.WriteStoredFrame("abc"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WriteSkippableFrame(FrameType.End, default));
        writer.WriteStoredFrame("a"u8);
        Assert.Throws<InvalidOperationException>(writer.WriteEnd);
        writer.WriteStoredFrame("b"u8);
        writer.WriteEnd();
        Assert.Throws<InvalidOperationException>(() => writer.WriteStoredFrame("c"u8));
    }

    private static void Write(ContainerWriter writer, Region[] regions, int tokens, int textLength, int bytesLength) => writer.WriteFrame(new()
    {
        Original = new byte[10],
        Regions = regions,
        Profile = 3,
        TokenCount = tokens,
        TextPayload = new byte[textLength],
        BytesPayload = new byte[bytesLength],
    });

    private static ArchiveHeader Header(byte[] archive) => Assert.Single(ArchiveListing.Read(new MemoryStream(archive))).Header;
}
