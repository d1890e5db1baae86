using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

public sealed class ContentMapTests
{
    public static TheoryData<string> Samples => new(ArchiveSamples.Names);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_range_is_found(string name)
    {
        var archive = ArchiveSamples.Make(name);
        var content = StoredCodec.Decompress(archive);
        var map = ContentMap.Read(new MemoryStream(archive));

        Assert.Equal(content.Length, map.OriginalLength);
        for (var offset = 0; offset <= content.Length + 1; offset += 3)
        {
            foreach (var length in new[] { 0, 1, 2, 16, 17, 1000 })
            {
                var start = Math.Min(offset, content.Length);
                var end = Math.Min(offset + length, content.Length);
                Assert.Equal(content[start..end], ReadRange(map, offset, length));
            }
        }
    }

    [Fact]
    public void Indexes_are_found_before_padding_and_in_concatenated_archives()
    {
        // Hundreds of archives, so that the checksums of some end in zeros.
        for (var length = 20; length < 900; length++)
        {
            var content = ArchiveSamples.Content(length);
            var archive = StoredCodec.Compress(content, frameLength: 500 + length);
            var other = StoredCodec.Compress(content, frameLength: 19);
            using var stream = new CountingStream([.. other, 0, 0, .. other, .. new byte[length]]);
            var map = ContentMap.Read(stream);

            Assert.Equal(2 * length, map.OriginalLength);
            Assert.Equal(content[^3..], ReadRange(map, (2 * length) - 3, 3));
            Assert.Equal(content, ReadRange(ContentMap.Read(new MemoryStream([.. archive, .. other])), 0, length));
        }
    }

    [Fact]
    public void A_range_reads_only_the_index_and_its_frames()
    {
        var content = ArchiveSamples.Content(4_000_000);
        using var stream = new CountingStream(StoredCodec.Compress(content, frameLength: 100_000));

        Assert.Equal(content[3_000_000..3_000_010], ReadRange(ContentMap.Read(stream), 3_000_000, 10));
        Assert.InRange(stream.BytesRead, 100_000, 130_000);
    }

    [Fact]
    public void A_listing_reads_only_headers()
    {
        using var stream = new CountingStream(StoredCodec.Compress(new byte[4_000_000], frameLength: 100_000));

        Assert.Equal(40, ArchiveListing.Read(stream)[0].Frames.Count);
        Assert.InRange(stream.BytesRead, 1, 42 * 4096);
    }

    [Fact]
    public void A_false_index_is_corrupt()
    {
        var first = "first frame"u8.ToArray();
        var second = "2nd"u8.ToArray();
        foreach (var (offset1, start1, offset2, start2) in new[]
        {
            (20, 0, 64, 11), (19, 1, 64, 11), (19, 0, 63, 11), (19, 0, 64, 10), (19, 0, 64, 14), (64, 0, 19, 11),
            (19, 0, 19, 11), (19, 0, 1000, 11), (0, 0, 64, 11), (-1, 0, 64, 11), (19, 0, 64, -11),
        })
        {
            var archive = TwoFramesWithIndex(first, second, offset1, start1, offset2, start2);
            Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(archive));
            Assert.Throws<CorruptArchiveException>(
                () => ReadRange(ContentMap.Read(new MemoryStream(archive)), 0, 14));
        }

        var good = TwoFramesWithIndex(first, second, 19, 0, 64, 11);
        Assert.Equal("first frame2nd"u8, StoredCodec.Decompress(good));
        Assert.Equal("frame2n"u8, ReadRange(ContentMap.Read(new MemoryStream(good)), 6, 7));
    }

    private static byte[] TwoFramesWithIndex(byte[] first, byte[] second, params long[] entries)
    {
        byte[] content = [.. first, .. second];
        var forge = new ArchiveForge().Header([])
            .Stored(first).Stored(second);
        var indexOffset = forge.Length;
        forge.Frame(2, [], [.. entries.SelectMany(BitConverter.GetBytes)]);
        var length = forge.Length + 3 + 40 + 8 + 24 + 8;
        byte[] footer =
            [.. BitConverter.GetBytes((long)length - indexOffset), .. BitConverter.GetBytes((long)length), .. "NCXINDEX"u8];
        return forge.End(content, 2, footer).Bytes;
    }

    private static byte[] ReadRange(ContentMap map, long offset, long length)
    {
        var range = new List<byte>();
        foreach (var location in map.Find(offset, length))
        {
            var content = StoredCodec.Decode(map.ReadFrame(location));
            var start = (int)Math.Max(0, offset - location.OriginalStart);
            var end = (int)Math.Min(content.Length, offset + length - location.OriginalStart);
            range.AddRange(content[start..end]);
        }

        return [.. range];
    }
}
