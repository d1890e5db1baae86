using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Format.Body;
using NacrithOnnx.Tests.Support;
using static NacrithOnnx.Tests.Format.Small.SmallArchiveSample;

namespace NacrithOnnx.Tests.Format.Small;

public sealed partial class SmallArchiveTests
{
    [Fact]
    public void Every_part_comes_back()
    {
        foreach (var sample in All())
        {
            var bytes = Write(sample);
            var (header, frame) = Read([.. bytes, 0x55]);

            var tag = sample.Content.Tag(BodyContainer.SmallArchive);
            Assert.Equal(tag, frame.Body.Head.Tag);
            Assert.True(header.IsSmall);
            Assert.Equal(tag.Profile, header.Profile);
            Assert.Equal(tag.NamesModel ? SmallArchiveSample.Model : null, header.Model);
            Assert.Equal(tag.HasDictionary ? Dictionary : null, header.Dictionary);
            Assert.Equal(sample.Original.Length, header.OriginalLength);
            Assert.Equal(sample.TextPayload, frame.Body.TextPayload);
            Assert.Equal(sample.BytesPayload, frame.Body.BytesPayload);
            frame.Verify(sample.Original);
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_document()
    {
        var bytes = Write(BodySample.Text(BodyContainer.SmallArchive, transform: 4) with { HasDictionary = true });

        var expected = Convert.FromHexString("894E4358" + "72" + "01234567" + "89ABCDEF" + "0604" + "0403" + "ABCD");
        Assert.Equal([.. expected, .. SHA256.HashData([.. expected, .. "a text"u8])[..8]], bytes);
        var rows = TableRowPattern().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "format.md")));
        Assert.Equal(
            Convert.ToHexString(bytes),
            string.Concat(rows.Select(row => row.Groups["hex"].Value.Replace(" ", "", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(0, 14)]
    [InlineData(1, 15)]
    [InlineData(127, 127 + 14)]
    [InlineData(128, 128 + 15)]
    [InlineData((1 << 16), (1 << 16) + 16)]
    [InlineData((1 << 21) - 1, (1 << 21) + 15)]
    [InlineData(1 << 22, (1 << 22) + 17)]
    public void Stored_content_grows_by_the_head_and_the_check(int length, int archiveLength)
    {
        var sample = SmallArchiveSample.Stored(length);

        var bytes = Write(sample);

        Assert.Equal(archiveLength, bytes.Length);
        Read(bytes).Frame.Verify(sample.Original);
    }

    [Fact]
    public void Every_flip_every_cut_and_every_removed_byte_is_noticed()
    {
        foreach (var sample in All().Where(sample => sample.Regions.Length < 100 && sample.TokenCount < 2_000))
        {
            var bytes = Write(sample);
            for (var index = 0; index < bytes.Length; index++)
            {
                AssertNoticed(sample, bytes[..index]);
                AssertNoticed(sample, [.. bytes[..index], .. bytes[(index + 1)..]]);
                for (var bit = 0; bit < 8; bit++)
                {
                    var damaged = bytes.ToArray();
                    damaged[index] ^= (byte)(1 << bit);
                    AssertNoticed(sample, damaged);
                }
            }
        }
    }

    [Fact]
    public void Other_content_is_not_what_was_compressed()
    {
        var sample = BodySample.Text(BodyContainer.SmallArchive);
        var frame = Read(Write(sample)).Frame;

        Assert.Equal(
            "The frame at byte 0 is damaged: its content is not what was compressed.",
            Assert.Throws<ChecksumException>(() => frame.Verify("a test"u8)).Message);
        Assert.Throws<ChecksumException>(() => frame.Verify("a tex"u8));
        Assert.Throws<ChecksumException>(() => frame.Verify("a text "u8));
    }

    [Fact]
    public void Damaged_archives_are_read_or_refused()
    {
        var random = new Random(FuzzBudget.Seed);
        var samples = All().Where(sample => sample.Regions.Length < 100).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var sample = samples[round % samples.Length];
            var damaged = Mutation.Of(Write(sample), random);
            if (!damaged.AsSpan().StartsWith(Write(sample)))
            {
                AssertNoticed(sample, damaged);
            }
        }
    }

    /// <summary>A row of the document's table of the bytes of a small archive: offset, bytes, what they are.</summary>
    [GeneratedRegex(@"^\| \d+ \| `(?<hex>[0-9A-F ]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRowPattern();

    /// <summary>Reading fails, or decoding would not find its payload, or the check fails.</summary>
    private static void AssertNoticed(BodySample sample, byte[] damaged) => Assert.ThrowsAny<NacrithException>(() =>
    {
        var frame = Read(damaged).Frame;
        var isStored = frame.Body.Head.Tag.Kind == BodyKind.Stored;
        frame.Verify(isStored ? frame.Body.Stored.Span : sample.Original);
    });
}
