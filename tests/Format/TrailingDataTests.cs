using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Format;

public sealed class TrailingDataTests
{
    private static readonly byte[] Archive = ArchiveSamples.Make("frames");
    private static readonly byte[] Content = ArchiveSamples.Content(40);

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(10_000)]
    public void Zero_padding_is_skipped_after_and_between_archives(int length)
    {
        var padding = new byte[length];

        Assert.Equal(Content, StoredCodec.Decompress([.. Archive, .. padding]));
        Assert.Equal([.. Content, .. Content], StoredCodec.Decompress([.. Archive, .. padding, .. Archive, .. padding]));
    }

    [Fact]
    public void Padding_before_the_first_archive_is_refused() =>
        Assert.Throws<NotAnArchiveException>(() => StoredCodec.Decompress([0, .. Archive]));

    [Theory]
    [InlineData("x")]
    [InlineData("\0x")]
    [InlineData("something longer than a magic")]
    public void Foreign_bytes_are_refused_unless_ignored(string garbage)
    {
        byte[] input = [.. Archive, .. System.Text.Encoding.ASCII.GetBytes(garbage)];

        Assert.Throws<CorruptArchiveException>(() => StoredCodec.Decompress(input));
        Assert.Equal(Content, StoredCodec.Decompress(input, TrailingData.Ignore));
        Assert.Equal(Content.Length, ContentMap.Read(new MemoryStream(input), trailing: TrailingData.Ignore).OriginalLength);
    }

    [Fact]
    public void A_damaged_magic_is_refused_even_if_foreign_bytes_are_ignored()
    {
        for (var bit = 0; bit < 64; bit++)
        {
            byte[] second = [.. Archive];
            second[bit / 8] ^= (byte)(1 << (bit % 8));

            // The fifth byte tells the form: with another, the archive reads as a small one.
            var failure = Assert.ThrowsAny<NacrithException>(
                () => StoredCodec.Decompress([.. Archive, .. second], TrailingData.Ignore));
            Assert.True(failure is CorruptArchiveException || bit / 8 == ArchiveForms.CommonMagicLength);
        }

        for (var length = 1; length < 8; length++)
        {
            Assert.Throws<TruncatedArchiveException>(
                () => StoredCodec.Decompress([.. Archive, .. Archive[..length]], TrailingData.Ignore));
        }
    }

    [Fact]
    public void The_damaged_magic_of_a_small_archive_is_refused_even_if_foreign_bytes_are_ignored()
    {
        var small = ArchiveSamples.Make("small stored");
        for (var bit = 0; bit < 32; bit++)
        {
            byte[] second = [.. small];
            second[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CorruptArchiveException>(
                () => StoredCodec.Decompress([.. Archive, .. second], TrailingData.Ignore));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("Plain text, longer than a magic.")]
    public void Input_without_the_magic_is_not_an_archive(string input) => Assert.Throws<NotAnArchiveException>(
        () => StoredCodec.Decompress(System.Text.Encoding.ASCII.GetBytes(input)));
}
