namespace NacrithOnnx.Format;

/// <summary>
/// Checks the rules between the frames of one large archive: their order, the counts, the totals, and the index. The index
/// is compared by a running hash, so memory does not grow with the number of frames.
/// </summary>
internal sealed class ArchiveStructure : IDisposable
{
    private readonly Sha256 _expectedIndex = new();
    private readonly ArchiveHeader _header;
    private readonly long _archiveStart;
    private long _indexOffset = -1;

    /// <summary>Starts to check an archive.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="archiveStart">Offset of its magic in the stream.</param>
    public ArchiveStructure(ArchiveHeader header, long archiveStart)
    {
        _header = header;
        _archiveStart = archiveStart;
    }

    /// <summary>Data frames so far.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Original bytes so far.</summary>
    public long OriginalLength { get; private set; }

    /// <summary>The totals, after the last frame.</summary>
    public EndFrame? End { get; private set; }

    /// <summary>Checks a data frame.</summary>
    public void AddData(in FrameHead frame, BodyHead body)
    {
        if (_indexOffset >= 0)
        {
            throw Corrupt(frame, "is a data frame after the index");
        }

        if (body.Tag.Kind != BodyKind.Stored && !_header.NamesParameters)
        {
            throw Corrupt(frame, "holds coded content, but the archive header names no parameters");
        }

        if (body.TextLength > 0 && _header.Model is null)
        {
            throw Corrupt(frame, "holds text, but the archive header names no model");
        }

        if (body.ContentLength > (_header.OriginalLength ?? long.MaxValue) - OriginalLength)
        {
            throw Corrupt(frame, "exceeds the content length in the archive header");
        }

        Span<byte> entry = stackalloc byte[FormatConstants.IndexEntryLength];
        new IndexEntry(frame.Offset - _archiveStart, OriginalLength).CopyTo(entry);
        _expectedIndex.Append(entry);
        FrameCount++;
        OriginalLength += body.ContentLength;
    }

    /// <summary>Checks the payload length of an index or end frame before the payload is read.</summary>
    public void CheckPayloadLength(in FrameHead frame)
    {
        var expected = frame.Type == FrameType.Index ? FrameCount * FormatConstants.IndexEntryLength
            : _indexOffset < 0 ? 0
            : FormatConstants.FooterLength;
        if (frame.PayloadLength != expected)
        {
            throw Corrupt(frame, $"has {frame.PayloadLength} bytes of payload; {expected} are expected");
        }
    }

    /// <summary>Compares an index with the frames read.</summary>
    public void AddIndex(in FrameHead frame, ReadOnlySpan<byte> payload)
    {
        if (_indexOffset >= 0)
        {
            throw Corrupt(frame, "is a second index");
        }

        // An index has no fields in this version: only ancillary ones are allowed.
        var fields = new FieldReader(frame.Header, $"index frame at byte {frame.Offset}");
        while (fields.TryReadKey(out var key))
        {
            fields.SkipUnknown(key);
        }

        if (FrameCount == 0 || Sha256Digest.Finish(_expectedIndex) != Sha256Digest.Compute(payload))
        {
            throw Corrupt(frame, "is an index that contradicts the archive");
        }

        _indexOffset = frame.Offset;
    }

    /// <summary>Compares the totals with the frames read.</summary>
    /// <param name="frame">The end frame.</param>
    /// <param name="payload">Its payload: the footer if the archive has an index, else empty.</param>
    /// <param name="endOffset">Offset of the end of the archive in the stream.</param>
    public void AddEnd(in FrameHead frame, ReadOnlySpan<byte> payload, long endOffset)
    {
        var end = EndFrame.Read(frame.Header, frame.Offset);
        if (end.FrameCount != FrameCount || end.OriginalLength != OriginalLength)
        {
            throw Corrupt(
                frame,
                $"claims {end.FrameCount} frames and {end.OriginalLength} bytes; "
                + $"the archive has {FrameCount} and {OriginalLength}");
        }

        var footerFits = _indexOffset < 0
            ? payload.IsEmpty
            : IndexFooter.TryRead(payload, out var footer)
                && footer == new IndexFooter(endOffset - _indexOffset, endOffset - _archiveStart);
        if (!footerFits)
        {
            throw Corrupt(frame, "has a footer that contradicts the archive");
        }

        if (OriginalLength != (_header.OriginalLength ?? OriginalLength))
        {
            throw Corrupt(
                frame,
                $"ends the content after {OriginalLength} bytes; the archive header claims {_header.OriginalLength}");
        }

        End = end;
    }

    /// <inheritdoc/>
    public void Dispose() => _expectedIndex.Dispose();

    private static CorruptArchiveException Corrupt(in FrameHead frame, string what) =>
        new($"The frame at byte {frame.Offset} {what}.");
}
