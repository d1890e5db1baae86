namespace NacrithOnnx.Format;

/// <summary>A part of the content, after every check that needs no decoding.</summary>
public sealed class DataFrame
{
    private readonly ReadOnlyMemory<byte> _covered;
    private readonly ulong _check;

    /// <summary>Creates a frame.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="covered">What the check covers before the content: a small archive up to its check, or nothing.</param>
    /// <param name="check">The check.</param>
    /// <param name="offset">Where the frame begins.</param>
    /// <param name="originalStart">Where its content begins.</param>
    internal DataFrame(FrameBody body, ReadOnlyMemory<byte> covered, ulong check, long offset, long originalStart)
    {
        Body = body;
        _covered = covered;
        _check = check;
        Offset = offset;
        OriginalStart = originalStart;
    }

    /// <summary>Describes and holds the coded content. No other frame shares its bytes.</summary>
    public FrameBody Body { get; }

    /// <summary>Bytes of content; none only in an empty archive.</summary>
    public int ContentLength => Body.Head.ContentLength;

    /// <summary>Offset of the frame from the position where the reader started.</summary>
    public long Offset { get; }

    /// <summary>Offset of the frame's content in the content of all archives read.</summary>
    public long OriginalStart { get; }

    /// <summary>Compares decoded content with the check of the frame.</summary>
    /// <exception cref="ChecksumException">
    /// The content is not what was compressed, or a small archive is damaged.
    /// </exception>
    public void Verify(ReadOnlySpan<byte> content)
    {
        if (content.Length != ContentLength || Checksum.Of(_covered.Span, content) != _check)
        {
            throw new ChecksumException(
                $"The frame at byte {Offset} is damaged: its content is not what was compressed.");
        }
    }
}
