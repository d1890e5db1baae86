using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>
/// The check at the end of a message: the first bytes of the SHA-256 of its content. Both sides agree on its length.
/// </summary>
public static class MessageCheck
{
    /// <summary>Default length: chance damage passes once in 65,536 times.</summary>
    public const int DefaultLength = 2;

    /// <summary>Most bytes of a check.</summary>
    public const int MaxLength = 4;

    /// <summary>Whether a check may have so many bytes: 0, 1, 2 or 4.</summary>
    public static bool IsLength(int length) => length is 0 or 1 or 2 or 4;

    /// <summary>Writes the check of a content.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="content">The content of the message.</param>
    /// <param name="length">Bytes of the check.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> content, int length)
    {
        ThrowUnlessLength(length);
        Span<byte> check = stackalloc byte[MaxLength];
        Compute(content, check);
        output.Write(check[..length]);
    }

    /// <summary>Length of the body, which the check follows.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="length">Bytes of the check.</param>
    /// <exception cref="TruncatedArchiveException">The message has no room for a body.</exception>
    public static int BodyLength(ReadOnlySpan<byte> message, int length)
    {
        ThrowUnlessLength(length);
        return message.Length > length
            ? message.Length - length
            : throw new TruncatedArchiveException(
                $"A message of {message.Length} bytes is too short for a check of {length}.");
    }

    /// <summary>Compares decoded content with the check of its message.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="content">What its body decoded to.</param>
    /// <param name="length">Bytes of the check.</param>
    /// <exception cref="ChecksumException">The content is not what was compressed.</exception>
    public static void Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> content, int length)
    {
        Span<byte> check = stackalloc byte[MaxLength];
        Compute(content, check);
        if (!message[BodyLength(message, length)..].SequenceEqual(check[..length]))
        {
            throw new ChecksumException(
                "The message is damaged, or was made with another model, dictionary or check length.");
        }
    }

    private static void Compute(ReadOnlySpan<byte> content, Span<byte> check)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        Sha256Digest.Compute(content).CopyTo(digest);
        digest[..MaxLength].CopyTo(check);
    }

    private static void ThrowUnlessLength(int length)
    {
        if (!IsLength(length))
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "A check has 0, 1, 2 or 4 bytes.");
        }
    }
}
