using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>Archives with valid checksums, each of which breaks a rule of docs/format.md.</summary>
public sealed class HostileArchiveTests
{
    private static readonly byte[] Content = "content of a frame"u8.ToArray();
    private static readonly byte[] Stored = ArchiveForge.StoredMap(Content);
    private static readonly byte[] Hash = ArchiveForge.ContentHash(Content);

    /// <summary>Fields 1 to 3 of an archive header.</summary>
    private static readonly byte[] Identity =
        [1, 0xC4, 32, .. new byte[32], 2, 0xC4, 32, .. new byte[32], 3, 0xA1, (byte)'a'];

    private static readonly byte[] IdentityMap = [0x83, .. Identity];

    [Fact]
    public void A_forged_archive_that_breaks_no_rule_decodes()
    {
        Assert.Equal(Content, StoredCodec.Decompress(Sole(Stored, Content)));
        Assert.Equal(Content, StoredCodec.Decompress(new ArchiveForge()
            .Header(IdentityMap).Frame(1, Stored, Content).End(Content, 1).Bytes));
        Assert.Empty(StoredCodec.Decompress(new ArchiveForge().Header([]).End([], 0).Bytes));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("90")]
    [InlineData("C0")]
    [InlineData("81")]
    [InlineData("8100")]
    [InlineData("810000")]
    [InlineData("81C3C3")]
    [InlineData("8100CC01")]
    [InlineData("81000100")]
    [InlineData("81CC0001")]
    [InlineData("8200010001")]
    [InlineData("8204010001")]
    [InlineData("DE00010001")]
    [InlineData("DF000000010001")]
    [InlineData("DFFFFFFFFF")]
    [InlineData("8104CD00C8")]
    [InlineData("8104CD0100")]
    [InlineData("810400")]
    [InlineData("8104FF")]
    [InlineData("8105FF")]
    [InlineData("8105CF8000000000000000")]
    [InlineData("8105D300000000FFFFFFFF")]
    [InlineData("8105CB3FF0000000000000")]
    [InlineData("8101C420")]
    [InlineData("8101C40100")]
    [InlineData("8101C50001FF")]
    [InlineData("8101C6FFFFFFFF")]
    [InlineData("8103A161")]
    [InlineData("8103A0")]
    [InlineData("8103A120")]
    [InlineData("8103A1FF")]
    [InlineData("8103D90161")]
    [InlineData("810680")]
    [InlineData("810681A16101FF")]
    [InlineData("810681A161")]
    [InlineData("810682A16101A16102")]
    [InlineData("810682A16201A16102")]
    [InlineData("8106810101")]
    [InlineData("810681A0FF")]
    [InlineData("8140C0")]
    [InlineData("81409191919191919191919100")]
    [InlineData("81D0FF00")]
    [InlineData("81CC80C0")]
    public void A_malformed_archive_header_is_corrupt(string hex)
    {
        var archive = new ArchiveForge().Header(Convert.FromHexString(hex)).End([], 0).Bytes;

        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(archive));
    }

    [Theory]
    [InlineData("810005")]
    [InlineData("814000")]
    [InlineData("827FC0017FA0", false)]
    [InlineData("8140C0", false)]
    [InlineData("814091919191919191C401FF")]
    [InlineData("817F82A1610161D0DF")]
    public void Ancillary_fields_are_skipped_and_newer_minor_versions_accepted(string hex, bool good = true)
    {
        var archive = new ArchiveForge().Header(Convert.FromHexString(hex)).End([], 0).Bytes;

        if (good)
        {
            Assert.Empty(StoredCodec.Decompress(archive));
        }
        else
        {
            Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(archive));
        }
    }

    [Fact]
    public void Unknown_critical_features_are_unsupported()
    {
        AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([], major: 2).End([], 0));
        AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([], major: 0).End([], 0));
        for (var bit = 0; bit < 8; bit++)
        {
            AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([], flags: (byte)(1 << bit)).End([], 0));
        }

        AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([0x81, 7, 0]).End([], 0));
        AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([0x81, 63, 0]).End([], 0));
        AssertRefused<UnsupportedVersionException>(
            new ArchiveForge().Header([]).Frame(1, [0x82, .. Hash, 7, 0], Content).End(Content, 1));
        foreach (var type in new byte[] { 0, 5, 0x3F, 0x50, 0x80, 0xFF })
        {
            AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([]).Frame(type, [], []).End([], 0));
        }
    }

    [Fact]
    public void Damage_is_not_mistaken_for_a_newer_version()
    {
        var archive = Sole(Stored, Content);
        archive[8] ^= 2;
        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(archive));
    }

    [Theory]
    [InlineData("81010392")]
    [InlineData("010390", "8201")]
    [InlineData("01930200", "82", "12")]
    [InlineData("01930201", "82", "12")]
    [InlineData("01930300", "82", "12")]
    [InlineData("019600", "82", "00010200", "12")]
    [InlineData("01960200", "82", "0002", "00", "11")]
    [InlineData("019602000102", "82", "0010")]
    [InlineData("0195020001020011", "82")]
    [InlineData("019301CE0001000012", "83", "0612")]
    [InlineData("0193010012", "82")]
    [InlineData("0193010012", "83", "0611")]
    [InlineData("0193010012", "84", "0512", "0612")]
    [InlineData("0193000012", "82")]
    [InlineData("0193000012", "86", "0201", "0300", "0400", "0512")]
    [InlineData("0193000012", "86", "0201", "03CD0401", "0400", "0512")]
    [InlineData("0193000012", "86", "02CD0425", "0301", "0400", "0512")]
    [InlineData("0193000012", "86", "0201", "0301", "04CE00100001", "0512")]
    [InlineData("0193000012", "86", "0201", "0301", "0400", "0511")]
    [InlineData("0193000012", "86", "0201", "0301", "0400", "05CE04010001")]
    [InlineData("0193000012", "85", "0201", "0301", "0512")]
    [InlineData("0612", "82")]
    [InlineData("0201", "82")]
    public void A_malformed_frame_header_is_corrupt(string field, string head = "", params string[] more)
    {
        var first = Convert.FromHexString(head.Length == 0 ? "82" : head[..2]);
        byte[] map = [.. first, .. Hash, .. Convert.FromHexString(field), .. Convert.FromHexString(string.Concat(more))];

        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(
            new ArchiveForge().Header(IdentityMap).Frame(1, map, Content).End(Content, 1).Bytes));
    }

    [Fact]
    public void Text_needs_a_model()
    {
        byte[] map = [0x86, .. Hash, 1, 0x93, 0, 0, 18, 2, 1, 3, 1, 4, 0, 5, 18];

        AssertRefused<CorruptArchiveException>(new ArchiveForge().Header([]).Frame(1, map, Content).End(Content, 1));
    }

    [Fact]
    public void Frames_that_contradict_each_other_are_corrupt()
    {
        var empty = ArchiveForge.StoredMap([]);
        byte[] entry = [19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] twice = [.. Content, .. Content];
        AssertRefused<CorruptArchiveException>(Start().Frame(1, empty, []).End([], 1));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).Frame(2, Stored, Content));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).End(Content, 2));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).End([], 1));
        AssertRefused<CorruptArchiveException>(Start().Frame(3, [], []).End([], 0));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).Frame(3, [], entry).End(Content, 1));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).Frame(3, [], [1, .. entry[1..]]));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).Frame(3, [], [.. entry, .. entry]));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).Frame(3, [], entry).Frame(3, [], entry));
        AssertRefused<CorruptArchiveException>(
            Start().Frame(1, Stored, Content).Frame(3, [], entry).Frame(1, Stored, Content));
        AssertRefused<CorruptArchiveException>(Start().Frame(1, Stored, Content).End(Content, 1, footer: new byte[24]));
        AssertRefused<CorruptArchiveException>(
            new ArchiveForge().Header([0x81, 5, 17]).Frame(1, Stored, Content).End(Content, 1));
        AssertRefused<CorruptArchiveException>(
            new ArchiveForge().Header([0x81, 5, 19]).Frame(1, Stored, Content).End(Content, 1));
        AssertRefused<ChecksumException>(
            Start().Frame(1, Stored, Content).Frame(1, Stored, Content).End([.. twice[1..], 0], 2));
        Assert.Equal(
            twice, StoredCodec.Decompress(Start().Frame(1, Stored, Content).Frame(1, Stored, Content).End(twice, 2).Bytes));
    }

    [Fact]
    public void Lengths_out_of_bounds_are_refused_before_allocation()
    {
        var map = Stored;
        foreach (var length in new[] { (1L << 26) + 1, int.MaxValue, 1L << 40, long.MaxValue, long.MaxValue - 7 })
        {
            AssertRefused<CorruptArchiveException>(Start().Head(1, map, length));
            AssertRefused<CorruptArchiveException>(Start().Head(4, map, length));
            AssertRefused<TruncatedArchiveException>(Start().Head(0x40, [], length));
            Assert.ThrowsAny<NacrithException>(
                () => ArchiveListing.Read(new MemoryStream(Start().Head(0x40, [], length).Bytes)));
        }

        AssertRefused<CorruptArchiveException>(Start().Append([1, 0x81, 0x80, 0x04, 0]));
        AssertRefused<CorruptArchiveException>(Start().Append([1, 0x80, 0x00, 0]));
        AssertRefused<CorruptArchiveException>(
            Start().Append([1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]));

        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused<TruncatedArchiveException>(Start().Head(1, map, 1 << 26));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 << 20);
    }

    private static ArchiveForge Start() => new ArchiveForge().Header([]);

    private static byte[] Sole(byte[] map, byte[] payload) => Start().Frame(2, map, payload).Bytes;

    private static void AssertRefused<TException>(ArchiveForge archive)
        where TException : NacrithException
    {
        Assert.Throws<TException>(() => StoredCodec.Decompress(archive.Bytes));
        Assert.Throws<TException>(() => StoredCodec.Decompress(new OneByteAtATimeStream(archive.Bytes)));
    }
}
