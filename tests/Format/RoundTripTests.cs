using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

public sealed class RoundTripTests
{
    public static TheoryData<string> Samples => new(ArchiveSamples.Names);

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 16)]
    [InlineData(15, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 16)]
    [InlineData(5000, 16)]
    [InlineData(5000, 4096)]
    [InlineData(3_000_000, 1_200_000)]
    public void Content_comes_back(int length, int frameLength)
    {
        var content = ArchiveSamples.Content(length);

        foreach (var mixed in new[] { false, length < 10_000 })
        {
            Assert.Equal(content, StoredCodec.Decompress(StoredCodec.Compress(content, frameLength, mixed: mixed)));
        }
    }

    [Fact]
    public void Stored_content_never_grows_beyond_the_documented_bound()
    {
        foreach (var length in new[] { 0, 1, 127, 128, 1000, 10_000, 16_383, 16_384, 65_536, 700_000, 2_097_152, 4_194_304, 4_194_305, 9_000_000 })
        {
            var header = ArchiveSamples.FullHeader(length);
            var archive = StoredCodec.Compress(new byte[length], frameLength: 1 << 22, header);

            Assert.InRange(archive.Length - length, 14, length <= 1 << 16 ? 16 : 17 + (length / 10_000));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Short_reads_do_not_change_the_result(string name)
    {
        var archive = ArchiveSamples.Make(name);
        var expected = StoredCodec.Decompress(archive);

        Assert.Equal(expected, StoredCodec.Decompress(new ForwardOnlyStream(archive)));
        Assert.Equal(expected, StoredCodec.Decompress(new OneByteAtATimeStream(archive)));
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Equal(expected, StoredCodec.Decompress(new ShortReadStream(archive, seed)));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_exception_of_the_input_reaches_the_caller_from_every_byte(string name)
    {
        var archive = ArchiveSamples.Make(name);

        for (var limit = 0; limit < archive.Length; limit++)
        {
            Assert.Throws<IOException>(() => StoredCodec.Decompress(new FailingStream(archive, limit)));
        }
    }

    [Fact]
    public void An_exception_of_the_output_reaches_the_caller_from_every_byte()
    {
        var length = StoredCodec.Compress(ArchiveSamples.Content(40), frameLength: 16).Length;
        for (var limit = 0; limit < length; limit++)
        {
            using var writer = new ContainerWriter(new FailingStream([], limit));
            Assert.Throws<IOException>(() =>
            {
                writer.WriteHeader(new());
                for (var start = 0; start < 40; start += 16)
                {
                    writer.WriteStoredFrame(ArchiveSamples.Content(40).AsSpan(start..Math.Min(40, start + 16)));
                }

                writer.WriteEnd();
            });
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(40L)]
    public void Every_header_field_comes_back(long? originalLength)
    {
        var header = ArchiveSamples.FullHeader(originalLength);
        var archive = StoredCodec.Compress(ArchiveSamples.Content(40), header: header, mixed: true);
        using var reader = new ContainerReader(new MemoryStream(archive));

        Assert.True(reader.TryReadArchive(out var found));
        Assert.Equal((header.Model, header.Dictionary, 0), (found.Model, found.Dictionary, found.Profile));
        Assert.Equal(header.Level, found.Level);
        Assert.Equal(originalLength, found.OriginalLength);
        Assert.Equal(header.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal), found.Parameters);
    }

    [Fact]
    public void A_small_archive_gives_the_same_as_a_large_one()
    {
        var content = ArchiveSamples.Content(40);
        using var reader = new ContainerReader(new MemoryStream(StoredCodec.Compress(content, mixed: true)));

        Assert.True(reader.TryReadArchive(out var header));
        Assert.Equal(
            new ArchiveHeader { IsSmall = true, Model = StoredCodec.Model, Profile = 3, OriginalLength = 40 }, header);
        Assert.Throws<InvalidOperationException>(() => reader.TryReadArchive(out _));
        Assert.Throws<InvalidOperationException>(() => reader.End);
        Assert.True(reader.TryReadDataFrame(out var frame));
        Assert.Equal(content, StoredCodec.Decode(frame));
        Assert.False(reader.TryReadDataFrame(out _));
        Assert.Equal(new EndFrame(40, 1, null), reader.End);
        Assert.False(reader.TryReadArchive(out _));
    }

    [Fact]
    public void Frames_and_totals_come_back()
    {
        var content = ArchiveSamples.Content(70);
        using var reader = new ContainerReader(new MemoryStream(ArchiveSamples.Make("mixed with everything")));
        Assert.True(reader.TryReadArchive(out _));

        Assert.True(reader.TryReadDataFrame(out var first));
        Assert.Equal(50, first.ContentLength);
        Assert.Equal(0, first.OriginalStart);
        Assert.Equal(21, first.Body.Head.TokenCount);
        Assert.Equal(new Region(RegionKind.Bytes, 0, 7), first.Body.Head.Regions[1]);
        Assert.Equal(15, first.Body.Head.BytesLength);
        Assert.Equal(14, first.Body.Head.StoredLength);

        Assert.True(reader.TryReadDataFrame(out var second));
        Assert.Equal(50, second.OriginalStart);
        Assert.Equal(content[50..], second.Body.Stored.ToArray());

        Assert.False(reader.TryReadDataFrame(out _));
        Assert.Equal(new EndFrame(70, 2, Sha256Digest.Compute(content)), reader.End);
        Assert.False(reader.TryReadArchive(out _));
    }

    [Fact]
    public void A_flushed_frame_can_be_decoded_before_the_archive_ends()
    {
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream);
        writer.WriteHeader(new());
        writer.WriteStoredFrame("early"u8);
        writer.Flush();

        using var reader = new ContainerReader(new MemoryStream(stream.ToArray()));
        Assert.True(reader.TryReadArchive(out _));
        Assert.True(reader.TryReadDataFrame(out var frame));
        Assert.Equal("early"u8, frame.Body.Stored.Span);

        writer.WriteEnd();
        Assert.Equal("early"u8, StoredCodec.Decompress(stream.ToArray()));
    }
}
