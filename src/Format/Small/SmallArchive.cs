using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>An archive of one frame without a header. Its only check covers the decoded content too.</summary>
/// <remarks>
/// <code>head  rest of body  check:8</code>
/// The check is the first 8 bytes of the SHA-256 of everything before it followed by the content.
/// </remarks>
internal static class SmallArchive
{
    /// <summary>Reads the frame of an archive, whose bytes are not copied.</summary>
    /// <param name="head">What was read of the head.</param>
    /// <param name="archive">Exactly the archive.</param>
    /// <param name="originalStart">Where its content begins in the content of all archives.</param>
    /// <exception cref="NacrithException">The body breaks a rule of the format.</exception>
    public static DataFrame ReadFrame(SmallArchiveHead head, ReadOnlyMemory<byte> archive, long originalStart)
    {
        var covered = archive[..^FormatConstants.ChecksumLength];
        var check = BinaryPrimitives.ReadUInt64BigEndian(archive.Span[covered.Length..]);
        var context = BodyContext.ForSmallArchive(head.ContentLength, head.Offset);
        var body = FrameBody.ReadRest(head.Tag, covered[head.Length..], context);
        return new(body, covered, check, head.Offset, originalStart);
    }

    /// <summary>The check of an archive that consists of two pieces.</summary>
    public static ulong ComputeCheck(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> content)
    {
        using var hash = new Sha256();
        hash.Append(head);
        hash.Append(rest);
        hash.Append(content);
        return Checksum.Finish(hash);
    }
}
