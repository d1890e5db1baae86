using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format.Body;

/// <summary>Bodies that break one rule each.</summary>
public sealed class BodyRefusalTests
{
    private static readonly BodyContext TwoBytes = BodyContext.ForMessage(maxContentLength: 2);

    /// <summary>The empty body and tag 40 stand in a data frame, all others in a small archive.</summary>
    [Theory]
    [InlineData("", 1, "ends in the middle")]
    [InlineData("00 AABB", 3, "stores 2 bytes where its content has 3")]
    [InlineData("00 AABB", 1, "longer than its 1 bytes")]
    [InlineData("40 03", 0, "empty content")]
    [InlineData("41", 1, "ends in the middle")]
    [InlineData("41 80", 1, "ends in the middle")]
    [InlineData("41 8000", 1, "a number of tokens that is not in its shortest form")]
    [InlineData("41 FFFFFFFFFFFFFFFFFF01", 1, "a number of tokens that is not in its shortest form")]
    [InlineData("41 10", 5, "holds 16 as a number of tokens where 0 to 15 is allowed")]
    [InlineData("41 8010", 1000, "ends in the middle")]
    [InlineData("41 8010 02", 1000, "holds 2 as a primer mark")]
    [InlineData("51 00 03", 1, "holds 0 as a transform id")]
    [InlineData("51 808004 03", 1, "holds 65536 as a transform id")]
    [InlineData("C1 00", 2, "holds 0 as a number of regions")]
    [InlineData("C1 01 0202 AABB", 2, "holds 1 as a number of regions")]
    [InlineData("C1 8120", 9000, "holds 4097 as a number of regions")]
    [InlineData("C1 8020 0201", 9000, "ends in the middle")]
    [InlineData("C1 02 0201 0301", 2, "holds 3 as a region kind")]
    [InlineData("C1 02 0201 0200 AA", 1, "holds 0 as a length")]
    [InlineData("C1 02 0201 0202 AABBCC", 2, "longer than its 2 bytes")]
    [InlineData("C1 02 0201 0201 AABB", 3, "lists regions of 2 bytes where its content has 3")]
    [InlineData("C1 02 0201 0201 AA", 2, "ends in the middle")]
    [InlineData("C1 02 0201 0201 AABBCC", 2, "has 1 bytes after the last section")]
    [InlineData("C1 02 00808004010201", 2, "holds 65536 as a transform id")]
    [InlineData("C1 02 00010104 0201 0100", 2, "holds 4 as a transformed length where 0 to 3 is allowed")]
    [InlineData("C1 02 000001 0201 0400", 2, "holds 4 as a number of tokens where 0 to 3 is allowed")]
    [InlineData("C1 02 000001 0201 010D AABB", 2, "holds 13 as a section length where 0 to 10 is allowed")]
    [InlineData("C1 02 000001 0201 0102 AABB", 2, "ends in the middle")]
    [InlineData("C1 02 000001 0201 0100 AABB", 2, "has 1 bytes after the last section")]
    [InlineData("C1 02 000001 000001 0101 AABB", 2, "has 1 bytes after the last section")]
    [InlineData("C1 02 000001 0101 0103 AABB", 2, "ends in the middle")]
    [InlineData("C1 02 0101 0201 01 AA", 2, "ends in the middle")]
    [InlineData("E1 02 0101 0101 AA", 2, "names a dictionary but has no text")]
    public void A_broken_rule_is_named(string hex, int contentLength, string what)
    {
        var body = Bytes(hex);
        var isFrame = body is [] or [0x40, ..];
        var subject = isFrame ? "The frame at byte 9 " : "The archive at byte 9 ";
        var context = isFrame
            ? BodyContext.ForDataFrame(contentLength, 9) : BodyContext.ForSmallArchive(contentLength, 9);

        var failure = Assert.Throws<CorruptArchiveException>(() => FrameBody.Read(body, context));

        Assert.StartsWith(subject, failure.Message, StringComparison.Ordinal);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("41")]
    [InlineData("41 80")]
    [InlineData("81")]
    [InlineData("C1")]
    [InlineData("C1 02 0201")]
    [InlineData("C1 02 0201 0201 AA")]
    [InlineData("C1 02 000001 0201 0102 AABB")]
    public void A_message_that_lacks_its_end_is_truncated(string hex) =>
        Assert.Throws<TruncatedArchiveException>(() => FrameBody.Read(Bytes(hex), BodyContext.ForMessage()));

    [Theory]
    [InlineData("00 AABBCC")]
    [InlineData("41 8508")]
    [InlineData("41 FFFFFFFFFFFFFFFF7F")]
    [InlineData("81 03 AA")]
    [InlineData("81 FFFFFFFFFFFFFFFF7F")]
    [InlineData("C1 02 0201 0202 AABBCC")]
    public void A_message_beyond_the_callers_limit_is_refused(string hex) =>
        Assert.Throws<LimitExceededException>(() => FrameBody.Read(Bytes(hex), TwoBytes));

    [Theory]
    [InlineData("00 AABB", 2)]
    [InlineData("81 02 AA", 2)]
    [InlineData("C1 02 0201 0201 AABB", 2)]
    [InlineData("41 06 AA", 0)]
    public void A_message_up_to_the_callers_limit_is_read(string hex, int length) =>
        Assert.Equal(length, FrameBody.Read(Bytes(hex), TwoBytes).Head.ContentLength);

    [Fact]
    public void Every_cut_and_every_added_byte_of_a_list_is_noticed()
    {
        var sample = BodySample.List(
            BodyContainer.DataFrame,
            new(RegionKind.Text, 0, 7),
            new(RegionKind.Bytes, 0, 20),
            new(RegionKind.Stored, 0, 3),
            new(RegionKind.Text, 300, 9, 10));
        var bytes = sample.Write();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<CorruptArchiveException>(() => FrameBody.Read(bytes.AsMemory(0, length), sample.Context));
        }

        Assert.Throws<CorruptArchiveException>(() => FrameBody.Read((byte[])[.. bytes, 0], sample.Context));
    }

    [Fact]
    public void What_breaks_a_rule_is_not_written()
    {
        var text = BodySample.Text(BodyContainer.SmallArchive);
        var bytes = BodySample.Bytes(BodyContainer.SmallArchive);
        Region stored = new(RegionKind.Stored, 0, 1);
        var list = BodySample.List(BodyContainer.SmallArchive, new(RegionKind.Text, 1, 2, 3), stored);
        var many = Enumerable.Repeat(new Region(RegionKind.Text, 0, 1), FormatConstants.MaxRegions + 1).ToArray();
        BodySample[] broken =
        [
            text with { Profile = 0 },
            text with { Profile = 15 },
            text with { Original = [1] },
            text with { TokenCount = -1 },
            text with { TokenCount = 1_037 },
            text with { IsPrimed = true },
            text with { BytesPayload = [1] },
            text with { Regions = [new(RegionKind.Text, 65_536, 6)] },
            text with { Regions = [new(RegionKind.Text, 1, 6, 6)] },
            text with { Regions = [new(RegionKind.Text, 0, 0)], Original = [] },
            text with { Regions = [new((RegionKind)3, 0, 6)] },
            bytes with { Regions = [new(RegionKind.Bytes, 1, 5)] },
            bytes with { TextPayload = [1] },
            bytes with { TokenCount = 1 },
            list with { Regions = [new(RegionKind.Text, 1, 2, 7), stored] },
            list with { Regions = [new(RegionKind.Text, 0, 2, 2), stored] },
            list with { Regions = many, Original = new byte[many.Length] },
        ];

        Assert.All(broken, sample => Assert.Throws<ArgumentException>(sample.Write));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
