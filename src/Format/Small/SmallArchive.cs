using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>An archive of one frame without a header. Its only check covers the decoded content too.</summary>
/// <remarks>
/// <code>head  rest of body  check:8</code>
/// The check is the first 8 bytes of the SHA-256 of everything before it followed by the content.
/// </remarks>
public sealed class SmallArchive
{
    private readonly ReadOnlyMemory<byte> _archive;

    private SmallArchive(SmallArchiveHead head, ReadOnlyMemory<byte> archive)
    {
        _archive = archive;
        Head = head;
        Body = FrameBody.ReadRest(
            head.Tag,
            archive.Slice(head.Length, head.RestLength),
            BodyContext.ForSmallArchive(head.ContentLength, head.Offset));
    }

    /// <summary>What comes before the rest of the body.</summary>
    public SmallArchiveHead Head { get; }

    /// <summary>The body.</summary>
    public FrameBody Body { get; }

    /// <summary>Reads an archive, whose bytes are not copied.</summary>
    /// <param name="input">Begins with the archive; what follows it is left alone.</param>
    /// <param name="offset">Where the archive begins, for error messages.</param>
    /// <exception cref="NacrithException">This is no small archive, or it is damaged or incomplete.</exception>
    public static SmallArchive Read(ReadOnlyMemory<byte> input, long offset = 0)
    {
        if (!SmallArchiveHead.TryRead(input.Span, offset, out var head) || input.Length < head.ArchiveLength)
        {
            throw new TruncatedArchiveException($"The archive ends too early, at byte {offset + input.Length}.");
        }

        return new(head, input[..head.ArchiveLength]);
    }

    /// <summary>Compares archive and decoded content with the check.</summary>
    /// <exception cref="ChecksumException">The archive is damaged or the content is wrong.</exception>
    public void Verify(ReadOnlySpan<byte> content)
    {
        var archive = _archive.Span[..^FormatConstants.ChecksumLength];
        var check = BinaryPrimitives.ReadUInt64BigEndian(_archive.Span[archive.Length..]);
        if (content.Length != Head.ContentLength || ComputeCheck(archive, [], content) != check)
        {
            throw new ChecksumException(
                $"The archive at byte {Head.Offset} is damaged: its content is not what was compressed.");
        }
    }

    /// <summary>The check of an archive that consists of two pieces.</summary>
    internal static ulong ComputeCheck(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> content)
    {
        using var hash = new Sha256();
        hash.Append(first);
        hash.Append(second);
        hash.Append(content);
        return Checksum.Finish(hash);
    }
}
