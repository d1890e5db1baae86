using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

public sealed class ReaderLimitsTests
{
    [Fact]
    public void Each_limit_is_exact()
    {
        var archive = ArchiveSamples.Make("frames without index");

        AssertExact(archive, limit => new() { MaxOutputLength = limit }, needed: 40);
        AssertExact(archive, limit => new() { MaxFrameOriginalLength = limit }, needed: 16);
        AssertExact(archive, limit => new() { MaxFramePayloadLength = limit }, needed: 17);
    }

    [Fact]
    public void Each_limit_is_exact_for_a_small_archive()
    {
        var archive = ArchiveSamples.Make("small stored");

        AssertExact(archive, limit => new() { MaxOutputLength = limit }, needed: 40);
        AssertExact(archive, limit => new() { MaxFrameOriginalLength = limit }, needed: 40);
        AssertExact(archive, limit => new() { MaxFramePayloadLength = limit }, needed: 40);
    }

    [Fact]
    public void The_output_limit_counts_all_concatenated_archives() =>
        AssertExact(ArchiveSamples.Make("concatenated"), limit => new() { MaxOutputLength = limit }, needed: 39);

    [Fact]
    public void A_claimed_length_above_the_limit_is_refused_before_the_first_frame()
    {
        var archive = StoredCodec.Compress(ArchiveSamples.Content(40), 20, new() { OriginalLength = 40 });
        using var reader = new ContainerReader(new MemoryStream(archive), new() { MaxOutputLength = 39 });

        Assert.Throws<LimitExceededException>(() => reader.TryReadArchive(out _));
    }

    private static void AssertExact(byte[] archive, Func<int, ReaderLimits> limits, int needed)
    {
        Assert.NotEmpty(StoredCodec.Decompress(new MemoryStream(archive), limits(needed)));
        Assert.Throws<LimitExceededException>(
            () => StoredCodec.Decompress(new MemoryStream(archive), limits(needed - 1)));
    }
}
