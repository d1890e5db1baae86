using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

public sealed class ReaderLimitsTests
{
    [Fact]
    public void Each_limit_stops_one_byte_below_what_is_needed()
    {
        var archive = ArchiveSamples.Make("frames without index");

        AssertStops(archive, limit => new() { MaxOutputLength = limit }, needed: 40);
        AssertStops(archive, limit => new() { MaxFrameOriginalLength = limit }, needed: 16);
        AssertStops(archive, limit => new() { MaxFramePayloadLength = limit }, needed: 16);
    }

    [Fact]
    public void The_output_limit_counts_all_concatenated_archives() =>
        AssertStops(ArchiveSamples.Make("concatenated"), limit => new() { MaxOutputLength = limit }, needed: 39);

    [Fact]
    public void A_promised_length_beyond_the_limit_stops_before_the_first_frame()
    {
        var archive = StoredCodec.Compress(ArchiveSamples.Content(40), 20, new() { OriginalLength = 40 });
        using var reader = new ContainerReader(new MemoryStream(archive), new() { MaxOutputLength = 39 });

        Assert.Throws<LimitExceededException>(() => reader.TryReadArchive(out _));
    }

    private static void AssertStops(byte[] archive, Func<int, ReaderLimits> limits, int needed)
    {
        Assert.NotEmpty(StoredCodec.Decompress(new MemoryStream(archive), limits(needed)));
        Assert.Throws<LimitExceededException>(
            () => StoredCodec.Decompress(new MemoryStream(archive), limits(needed - 1)));
    }
}
