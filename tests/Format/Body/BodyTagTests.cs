using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format.Body;

public sealed class BodyTagTests
{
    /// <summary>The valid high nibbles, each with the profiles that go with it.</summary>
    [Fact]
    public void Of_all_bytes_these_are_tags()
    {
        int[] withProfile = [0x40, 0x50, 0x60, 0x70, 0x80, 0xC0, 0xE0];
        int[] inFrames = [0x00, 0x40, 0x50, 0x80, 0xC0];
        var profiles = Enumerable.Range(1, 14);
        var small = withProfile.SelectMany(nibble => profiles, (nibble, profile) => nibble | profile)
            .Prepend(0).ToHashSet();

        Assert.Equal(small, Accepted(BodyContainer.Message));
        Assert.Equal(small, Accepted(BodyContainer.SmallArchive));
        Assert.Equal(inFrames.ToHashSet(), Accepted(BodyContainer.DataFrame));
        Assert.DoesNotContain(0x0D, small);
    }

    [Theory]
    [InlineData(BodyContainer.Message)]
    [InlineData(BodyContainer.SmallArchive)]
    public void The_reserved_profile_needs_a_newer_version_whatever_the_other_bits_are(BodyContainer container)
    {
        for (var nibble = 0; nibble < 16; nibble++)
        {
            var value = (byte)((nibble << 4) | 15);
            Assert.Throws<UnsupportedVersionException>(() => Read(value, container));
        }
    }

    [Fact]
    public void A_tag_is_the_byte_it_was_read_from()
    {
        foreach (var value in Accepted(BodyContainer.SmallArchive))
        {
            Assert.Equal(value, Read((byte)value, BodyContainer.SmallArchive).Value);
        }

        Assert.Equal(
            new BodyTag(BodyKind.Text, 4, HasDictionary: true, HasTransform: true), Read(0x74, BodyContainer.Message));
        Assert.Equal(
            new BodyTag(BodyKind.Regions, 1, HasDictionary: false, HasTransform: false),
            Read(0xC1, BodyContainer.Message));
    }

    [Theory]
    [InlineData(
        0x91, BodyContainer.Message,
        "The message has the body tag 91, which names a transform for something other than one text.")]
    [InlineData(
        0x21, BodyContainer.SmallArchive,
        "The archive at byte 7 has the body tag 21, which names a dictionary where none is used.")]
    [InlineData(
        0x60, BodyContainer.DataFrame,
        "The frame at byte 7 has the body tag 60, which names a dictionary where none is used.")]
    [InlineData(0x40, BodyContainer.Message, "The message has the body tag 40, which lacks a profile.")]
    [InlineData(
        0x4F, BodyContainer.DataFrame,
        "The frame at byte 7 has the body tag 4f, which names a profile where none is used.")]
    public void What_is_wrong_is_said(byte value, BodyContainer container, string message) =>
        Assert.Equal(message, Assert.Throws<CorruptArchiveException>(() => Read(value, container)).Message);

    private static HashSet<int> Accepted(BodyContainer container)
    {
        var accepted = new HashSet<int>();
        for (var value = 0; value < 256; value++)
        {
            try
            {
                Read((byte)value, container);
                accepted.Add(value);
            }
            catch (NacrithException)
            {
            }
        }

        return accepted;
    }

    private static BodyTag Read(byte value, BodyContainer container) => BodyTag.Read(value, container switch
    {
        BodyContainer.Message => BodyContext.ForMessage(),
        BodyContainer.SmallArchive => BodyContext.ForSmallArchive(1, offset: 7),
        _ => BodyContext.ForDataFrame(1, offset: 7),
    });
}
