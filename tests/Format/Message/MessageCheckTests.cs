using System.Buffers;
using System.Security.Cryptography;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format.Message;

public sealed class MessageCheckTests
{
    private static readonly byte[] Body = [0x41, 0x03, 0xAB];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_check_is_the_beginning_of_the_contents_hash(int length)
    {
        var message = Write(length);

        Assert.Equal([.. Body, .. SHA256.HashData("content"u8)[..length]], message);
        Assert.Equal(Body.Length, MessageCheck.BodyLength(message, length));
        MessageCheck.Verify(message, "content"u8, length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Every_flipped_bit_of_a_check_and_other_content_are_noticed(int length)
    {
        var message = Write(length);
        for (var bit = 0; bit < 8 * length; bit++)
        {
            var damaged = message.ToArray();
            damaged[Body.Length + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.Throws<ChecksumException>(() => MessageCheck.Verify(damaged, "content"u8, length));
        }

        Assert.Throws<ChecksumException>(() => MessageCheck.Verify(message, "Content"u8, length));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    public void A_message_without_a_body_is_truncated(int messageLength, int length) =>
        Assert.Throws<TruncatedArchiveException>(() => MessageCheck.BodyLength(new byte[messageLength], length));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_check_has_a_length_of_the_format(int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageCheck.BodyLength(Body, length));
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(length));
    }

    private static byte[] Write(int length)
    {
        var message = new ArrayBufferWriter<byte>();
        message.Write(Body);
        MessageCheck.Write(message, "content"u8, length);
        return message.WrittenSpan.ToArray();
    }
}
