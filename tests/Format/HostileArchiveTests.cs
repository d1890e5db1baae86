using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

/// <summary>Archives with valid checksums, each of which breaks a rule of docs/format.md.</summary>
public sealed class HostileArchiveTests
{
    private static readonly byte[] Content = "content of a frame"u8.ToArray();
    private static readonly byte[] Map = ArchiveForge.DataMap(Content);
    private static readonly byte[] Check = [1, 0xC4, 8, .. ArchiveForge.Hash(Content)];

    /// <summary>A model and profile 2: fields 1 and 3 of an archive header.</summary>
    private static readonly byte[] ModelMap = [0x82, 1, 0xC4, 4, 0, 0, 0, 0, 3, 2];

    [Fact]
    public void A_forged_archive_that_breaks_no_rule_decodes()
    {
        Assert.Equal(Content, StoredCodec.Decompress(ArchiveForge.Small(Content)));
        Assert.Equal(Content, StoredCodec.Decompress(new ArchiveForge().Header(ModelMap).Stored(Content).End(Content, 1).Bytes));
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
    [InlineData("8101C404")]
    [InlineData("8101C40100")]
    [InlineData("8101C4050000000000")]
    [InlineData("8102C40400000000")]
    [InlineData("8103A132")]
    [InlineData("810300")]
    [InlineData("8103CD0100")]
    [InlineData("82030206 81A16101")]
    [InlineData("8101C50001FF")]
    [InlineData("8101C6FFFFFFFF")]
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
        var archive = new ArchiveForge().Header(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).End([], 0).Bytes;

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
            new ArchiveForge().Header([]).Frame(1, [0x83, 0, 18, .. Check, 7, 0], [0, .. Content]).End(Content, 1));
        foreach (var type in new byte[] { 0, 4, 0x3F, 0x50, 0x80, 0xFF })
        {
            AssertRefused<UnsupportedVersionException>(new ArchiveForge().Header([]).Frame(type, [], []).End([], 0));
        }
    }

    [Fact]
    public void Damage_is_not_mistaken_for_a_newer_version()
    {
        var archive = Start().Stored(Content).End(Content, 1).Bytes;
        archive[8] ^= 2;
        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(archive));
    }

    [Theory]
    [InlineData("810012")]
    [InlineData("82 0012 01C407 00000000000000")]
    [InlineData("82 0012 01C409 000000000000000000")]
    [InlineData("82 0012 01A8 3030303030303030")]
    [InlineData("82 0000 01C408 0000000000000000")]
    [InlineData("82 0011 01C408 0000000000000000")]
    [InlineData("82 0013 01C408 0000000000000000")]
    [InlineData("82 00CE04000001 01C408 0000000000000000")]
    [InlineData("81 01C408 0000000000000000")]
    [InlineData("")]
    public void A_malformed_map_of_a_frame_is_corrupt(string hex)
    {
        var map = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(
            new ArchiveForge().Header(ModelMap).Frame(1, map, [0, .. Content]).End(Content, 1).Bytes));
    }

    [Theory]
    [InlineData("40")]
    [InlineData("4037 00")]
    [InlineData("4280 00")]
    [InlineData("6001 00")]
    [InlineData("5000 01 00")]
    [InlineData("A0 00")]
    [InlineData("C0")]
    [InlineData("C0 01 0212")]
    [InlineData("C0 02 0201 0212")]
    [InlineData("C0 02 0201 0210")]
    [InlineData("C0 02 0301 0211")]
    [InlineData("C0 02 0200 0212")]
    [InlineData("")]
    public void A_malformed_body_is_corrupt(string hex)
    {
        var body = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(
            new ArchiveForge().Header(ModelMap).Frame(1, Map, body).End(Content, 1).Bytes));
    }

    [Fact]
    public void Coded_content_needs_a_header_that_describes_it()
    {
        byte[] text = [0x40, 1, 0];
        AssertRefused<CorruptArchiveException>(new ArchiveForge().Header([0x81, 3, 2]).Frame(1, Map, text).End(Content, 1));
        AssertRefused<CorruptArchiveException>(
            new ArchiveForge().Header([0x81, 1, 0xC4, 4, 0, 0, 0, 0]).Frame(1, Map, text).End(Content, 1));
        AssertRefused<CorruptArchiveException>(new ArchiveForge().Header([]).Frame(1, Map, [0x80, 0]).End(Content, 1));
    }

    [Fact]
    public void Frames_that_contradict_each_other_are_corrupt()
    {
        byte[] entry = [19, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] twice = [.. Content, .. Content];
        AssertRefused<CorruptArchiveException>(Start().Stored([]).End([], 1));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).End(Content, 2));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).End([], 1));
        AssertRefused<CorruptArchiveException>(Start().Frame(2, [], []).End([], 0));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).Frame(2, [], entry).End(Content, 1));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).Frame(2, [], [1, .. entry[1..]]));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).Frame(2, [], [.. entry, .. entry]));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).Frame(2, [], entry).Frame(2, [], entry));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).Frame(2, [], entry).Stored(Content));
        AssertRefused<CorruptArchiveException>(Start().Stored(Content).End(Content, 1, footer: new byte[24]));
        AssertRefused<CorruptArchiveException>(new ArchiveForge().Header([0x81, 5, 17]).Stored(Content).End(Content, 1));
        AssertRefused<CorruptArchiveException>(new ArchiveForge().Header([0x81, 5, 19]).Stored(Content).End(Content, 1));
        AssertRefused<ChecksumException>(Start().Stored(Content).Stored(Content).End([.. twice[1..], 0], 2));
        Assert.Equal(twice, StoredCodec.Decompress(Start().Stored(Content).Stored(Content).End(twice, 2).Bytes));
    }

    [Fact]
    public void Lengths_out_of_bounds_are_refused_before_allocation()
    {
        foreach (var length in new[] { (1L << 26) + (1 << 16) + 1, int.MaxValue, 1L << 40, long.MaxValue, long.MaxValue - 7 })
        {
            AssertRefused<CorruptArchiveException>(Start().Head(1, Map, length));
            AssertRefused<CorruptArchiveException>(Start().Head(3, Map, length));
            AssertRefused<TruncatedArchiveException>(Start().Head(0x40, [], length));
            Assert.ThrowsAny<NacrithException>(
                () => ArchiveListing.Read(new MemoryStream(Start().Head(0x40, [], length).Bytes)));
        }

        AssertRefused<CorruptArchiveException>(Start().Append([1, 0x81, 0x80, 0x04, 0]));
        AssertRefused<CorruptArchiveException>(Start().Append([1, 0x80, 0x00, 0]));
        AssertRefused<CorruptArchiveException>(
            Start().Append([1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]));

        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused<TruncatedArchiveException>(Start().Head(1, Map, 1 << 26));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 << 20);
    }

    private static ArchiveForge Start() => new ArchiveForge().Header([]);

    private static void AssertRefused<TException>(ArchiveForge archive)
        where TException : NacrithException
    {
        Assert.Throws<TException>(() => StoredCodec.Decompress(archive.Bytes));
        Assert.Throws<TException>(() => StoredCodec.Decompress(new OneByteAtATimeStream(archive.Bytes)));
    }
}
