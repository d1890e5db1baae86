using NacrithOnnx.Format;
using static NacrithOnnx.Tests.Format.Small.SmallArchiveSample;

namespace NacrithOnnx.Tests.Format.Small;

public sealed class SmallArchiveHeadTests
{
    [Fact]
    public void A_head_is_read_as_soon_as_it_is_there_and_needs_no_byte_of_the_body()
    {
        foreach (var sample in All())
        {
            var bytes = Write(sample);
            var length = 0;
            SmallArchiveHead? head;
            for (; !SmallArchiveHead.TryRead(bytes.AsSpan(0, length), 0, out head); length++)
            {
            }

            Assert.Equal(length, head.Length);
            Assert.InRange(length, ArchiveForms.DecisiveLength + 1, SmallArchiveHead.MaxLength);
            Assert.Equal(bytes.Length, head.ArchiveLength);
        }
    }

    [Fact]
    public void No_bytes_ask_for_more_than_the_longest_head()
    {
        var random = new Random(17);
        byte[] tags = [0x00, 0x41, 0x61, 0x71, 0x81, 0xC1, 0xE1];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[SmallArchiveHead.MaxLength];
            random.NextBytes(bytes);
            for (var index = 5; index < bytes.Length && round % 2 == 0; index++)
            {
                bytes[index] |= 0x80;
            }

            FormatConstants.Magic[..4].CopyTo(bytes);
            bytes[4] = tags[random.Next(tags.Length)];
            try
            {
                Assert.True(SmallArchiveHead.TryRead(bytes, 0, out _));
            }
            catch (CorruptArchiveException)
            {
            }
        }
    }

    [Theory]
    [InlineData("894E435800 8000", "The archive at byte 5 has a malformed length of its content.")]
    [InlineData("894E435800 80808080", "The archive at byte 5 has a malformed length of its content.")]
    [InlineData(
        "894E435800 81808002",
        "The archive at byte 5 has a content of 4194305 bytes; the format allows 4194304.")]
    [InlineData("894E435881 01 8000", "The archive at byte 5 has a malformed length of its body.")]
    [InlineData(
        "894E435881 01 81808402",
        "The archive at byte 5 has a body of 4259841 bytes; the format allows 4259840.")]
    [InlineData(
        "894E43580A",
        "The archive at byte 5 has the body tag 0a, which names a profile where none is used.")]
    public void A_broken_rule_is_named(string hex, string message)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        var failure = Assert.Throws<CorruptArchiveException>(() => SmallArchiveHead.TryRead(bytes, 5, out _));

        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("", ArchiveForm.Undecided)]
    [InlineData("89", ArchiveForm.Undecided)]
    [InlineData("894E4358", ArchiveForm.Undecided)]
    [InlineData("894E43580D", ArchiveForm.Large)]
    [InlineData("894E43580D0A1A0A", ArchiveForm.Large)]
    [InlineData("894E435800", ArchiveForm.Small)]
    [InlineData("894E435841FF", ArchiveForm.Small)]
    [InlineData("88", ArchiveForm.Foreign)]
    [InlineData("894E43590D", ArchiveForm.Foreign)]
    public void The_fifth_byte_tells_the_form(string hex, ArchiveForm form) =>
        Assert.Equal(form, ArchiveForms.Of(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("894E43580D0A1A0A")]
    [InlineData("504B0304")]
    public void Another_form_is_not_read_as_a_small_archive(string hex) =>
        Assert.Throws<NotAnArchiveException>(() => SmallArchiveHead.TryRead(Convert.FromHexString(hex), 0, out _));

    [Fact]
    public void A_prefix_is_the_first_four_bytes_of_the_digest()
    {
        var digest = Sha256Digest.Parse("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        var bytes = new byte[HashPrefix.Length];
        HashPrefix.Of(digest).CopyTo(bytes);

        Assert.Equal([0x01, 0x23, 0x45, 0x67], bytes);
        Assert.Equal("01234567", HashPrefix.Of(digest).ToString());
        Assert.Equal(HashPrefix.Of(digest), HashPrefix.FromBytes(bytes));
    }
}
