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
        { "arithmetic", new() { Codec = StoredCodec.Identity with { ArithmeticId = "" } } },
    };

    public static TheoryData<string, Region[], TextSection, int, int> BadFrames => new()
    {
        { "too short", [new(RegionKind.Stored, 0, 9)], default, 0, 0 },
        { "too long", [new(RegionKind.Stored, 0, 11)], default, 0, 0 },
        { "no region", [], default, 0, 0 },
        { "empty region", [new(RegionKind.Stored, 0, 10), new(RegionKind.Stored, 0, 0)], default, 0, 0 },
        { "kind", [new((RegionKind)3, 0, 10)], default, 0, 0 },
        { "transform", [new(RegionKind.Bytes, 65536, 10)], default, 0, 5 },
        { "stored transform", [new(RegionKind.Stored, 1, 10)], default, 0, 0 },
        { "no lanes", [new(RegionKind.Text, 0, 10)], new(3, 0), 5, 0 },
        { "lanes", [new(RegionKind.Text, 0, 10)], new(3, 1025), 5, 0 },
        { "tokens", [new(RegionKind.Text, 0, 10)], new(1045), 5, 0 },
        { "primer", [new(RegionKind.Text, 0, 10)], new(3, 1, -1), 5, 0 },
        { "text without region", [new(RegionKind.Stored, 0, 10)], default, 5, 0 },
        { "tokens without region", [new(RegionKind.Stored, 0, 10)], new(3), 0, 0 },
        { "bytes without region", [new(RegionKind.Stored, 0, 10)], default, 0, 5 },
    };

    [Theory]
    [InlineData(40, true)]
    [InlineData(400, false)]
    public void A_sole_frame_is_stored_if_that_is_shorter_and_requested(int length, bool stored)
    {
        var content = ArchiveSamples.Content(length);
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream) { StoresWhereShorter = true };
        writer.WriteHeader(ArchiveSamples.FullHeader(length));
        writer.WriteDataFrame(content, [new(RegionKind.Bytes, 0, length)], default, default, content.AsSpan(0, length / 4));
        writer.WriteEnd();

        Assert.Equal(stored, stream.ToArray().AsSpan().SequenceEqual(StoredCodec.Compress(content, length)));
        Assert.InRange(stream.Length, 1, length + 64);
    }

    [Fact]
    public void The_first_of_several_frames_stays_coded()
    {
        var content = ArchiveSamples.Content(40);
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream) { StoresWhereShorter = true };
        writer.WriteHeader(ArchiveSamples.FullHeader(80));
        StoredCodec.WriteMixedFrame(writer, content);
        StoredCodec.WriteMixedFrame(writer, content);
        writer.WriteEnd();

        Assert.Equal([.. content, .. content], StoredCodec.Decompress(stream.ToArray()));
        Assert.All(
            ArchiveListing.Read(new MemoryStream(stream.ToArray()))[0].Frames,
            frame => Assert.NotEqual(0, frame.Header.TextLength));
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
    public void A_frame_outside_the_bounds_is_refused(
        string what, Region[] regions, TextSection text, int textLength, int bytesLength)
    {
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream);
        writer.WriteHeader(new() { Codec = StoredCodec.Identity });

        Assert.NotEmpty(what);
        Assert.ThrowsAny<ArgumentException>(
            () => writer.WriteDataFrame(new byte[10], regions, text, new byte[textLength], new byte[bytesLength]));
        writer.WriteEnd();
        Assert.Empty(StoredCodec.Decompress(stream.ToArray()));
    }

    [Fact]
    public void Text_without_a_model_is_refused()
    {
        using var writer = new ContainerWriter(new MemoryStream());
        writer.WriteHeader(new());

        Assert.Throws<ArgumentException>(
            () => writer.WriteDataFrame(new byte[10], [new(RegionKind.Text, 0, 10)], new(3), new byte[5], default));
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
}
