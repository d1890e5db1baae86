using System.Buffers;
using System.Security.Cryptography;
using NacrithOnnx.Format;
using NacrithOnnx.Tests.Format.Body;
using NacrithOnnx.Tests.Support;
using static NacrithOnnx.Tests.Format.Small.SmallArchiveSample;

namespace NacrithOnnx.Tests.Format.Small;

public sealed class SmallArchiveTests
{
    [Fact]
    public void Every_part_comes_back()
    {
        foreach (var sample in All())
        {
            var bytes = Write(sample);
            var archive = SmallArchive.Read((byte[])[.. bytes, 0x55], offset: 3);

            var tag = sample.Content.Tag(BodyContainer.SmallArchive);
            Assert.Equal(tag, archive.Head.Tag);
            Assert.Equal(
                tag.Kind is BodyKind.Text or BodyKind.Regions ? SmallArchiveSample.Model : null, archive.Head.Model);
            Assert.Equal(sample.HasDictionary ? Dictionary : null, archive.Head.Dictionary);
            Assert.Equal(sample.Original.Length, archive.Head.ContentLength);
            Assert.Equal(bytes.Length, archive.Head.ArchiveLength);
            Assert.Equal(3, archive.Head.Offset);
            Assert.Equal(sample.TextPayload, archive.Body.TextPayload);
            Assert.Equal(sample.BytesPayload, archive.Body.BytesPayload);
            archive.Verify(sample.Original);
        }
    }

    [Fact]
    public void The_bytes_are_those_of_the_document()
    {
        var bytes = Write(BodySample.Text(BodyContainer.SmallArchive, transform: 4) with { HasDictionary = true });

        var expected = Convert.FromHexString("894E4358" + "72" + "01234567" + "89ABCDEF" + "0604" + "0403" + "ABCD");
        Assert.Equal([.. expected, .. SHA256.HashData([.. expected, .. "a text"u8])[..8]], bytes);
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
        SmallArchive.Read(bytes).Verify(sample.Original);
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
        var archive = SmallArchive.Read(Write(sample), offset: 40);

        Assert.Equal(
            "The archive at byte 40 is damaged: its content is not what was compressed.",
            Assert.Throws<ChecksumException>(() => archive.Verify("a test"u8)).Message);
        Assert.Throws<ChecksumException>(() => archive.Verify("a tex"u8));
        Assert.Throws<ChecksumException>(() => archive.Verify("a text "u8));
    }

    [Fact]
    public void What_a_small_archive_cannot_hold_is_not_written()
    {
        var output = new ArrayBufferWriter<byte>();
        var text = BodySample.Text(BodyContainer.SmallArchive);

        Assert.Throws<ArgumentException>(() => Write(SmallArchiveSample.Stored((1 << 22) + 1)));
        Assert.Throws<ArgumentException>(
            () => Write(text with { TextPayload = new byte[SmallArchiveHead.MaxRestLength] }));
        Assert.Throws<ArgumentException>(() => SmallArchiveWriter.Write(output, text.Content));
        Assert.Throws<ArgumentException>(
            () => SmallArchiveWriter.Write(
                output, (text with { HasDictionary = true }).Content, SmallArchiveSample.Model));
        Assert.Equal(0, output.WrittenCount);
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

    /// <summary>Reading fails, or decoding would not find its payload, or the check fails.</summary>
    private static void AssertNoticed(BodySample sample, byte[] damaged) => Assert.ThrowsAny<NacrithException>(() =>
    {
        var archive = SmallArchive.Read(damaged);
        var kind = archive.Head.Tag.Kind;
        archive.Verify(kind == BodyKind.Stored ? archive.Body.Stored.Span : sample.Original);
    });
}
