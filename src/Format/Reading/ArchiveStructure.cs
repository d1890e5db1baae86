namespace NacrithOnnx.Format;

/// <summary>
/// The rules that hold between the frames of one archive: order, counts, totals, and that the index tells the truth.
/// Memory does not grow with the number of frames: the index is compared by a running hash.
/// </summary>
internal sealed class ArchiveStructure : IDisposable
{
    private readonly Sha256 _expectedIndex = new();
    private readonly ArchiveHeader _header;
    private readonly long _archiveStart;
    private long _indexOffset = -1;

    /// <summary>Starts an archive.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="archiveStart">Where its magic lies in the stream.</param>
    public ArchiveStructure(ArchiveHeader header, long archiveStart)
    {
        _header = header;
        _archiveStart = archiveStart;
    }

    /// <summary>Data frames so far.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Original bytes so far.</summary>
    public long OriginalLength { get; private set; }

    /// <summary>The totals, once the last frame has been seen.</summary>
    public EndFrame? End { get; private set; }

    /// <summary>Takes note of a data frame or sole frame.</summary>
    public void AddData(in RawFrame frame, DataFrameHeader header)
    {
        var sole = frame.Type == FrameType.Sole;
        if (sole && FrameCount > 0)
        {
            throw Corrupt(frame, "claims to be the only one but is not");
        }

        if (_indexOffset >= 0)
        {
            throw Corrupt(frame, "holds content behind the index");
        }

        if (!sole && header.OriginalLength == 0)
        {
            throw Corrupt(frame, "holds no content");
        }

        if (header.TextLength > 0 && _header.Codec is null)
        {
            throw Corrupt(frame, "holds text although the archive names no model");
        }

        if (header.OriginalLength > (_header.OriginalLength ?? long.MaxValue) - OriginalLength)
        {
            throw Corrupt(frame, "holds more content than the archive header says");
        }

        Span<byte> entry = stackalloc byte[FormatConstants.IndexEntryLength];
        new IndexEntry(frame.Offset - _archiveStart, OriginalLength).CopyTo(entry);
        _expectedIndex.Append(entry);
        FrameCount++;
        OriginalLength += header.OriginalLength;
        if (sole)
        {
            Finish(frame, new(OriginalLength, FrameCount, ContentHash: null));
        }
    }

    /// <summary>Refuses an index or end whose payload cannot have the right length, before it is read.</summary>
    public void CheckPayloadLength(in RawFrame frame)
    {
        var expected = frame.Type == FrameType.Index ? FrameCount * FormatConstants.IndexEntryLength
            : _indexOffset < 0 ? 0
            : FormatConstants.FooterLength;
        if (frame.PayloadLength != expected)
        {
            throw Corrupt(frame, $"has {frame.PayloadLength} bytes of payload where {expected} belong");
        }
    }

    /// <summary>Compares an index with the frames that were there.</summary>
    public void AddIndex(in RawFrame frame, ReadOnlySpan<byte> payload)
    {
        if (_indexOffset >= 0)
        {
            throw Corrupt(frame, "is a second index");
        }

        // An index has no fields; this refuses those that are there unless they may be ignored.
        var fields = new FieldReader(frame.Header, $"index frame at byte {frame.Offset}");
        while (fields.TryReadKey(out var key))
        {
            fields.SkipUnknown(key);
        }

        if (FrameCount == 0 || Sha256Digest.Finish(_expectedIndex) != Sha256Digest.Compute(payload))
        {
            throw Corrupt(frame, "is an index that does not fit the archive");
        }

        _indexOffset = frame.Offset;
    }

    /// <summary>Compares the totals with the frames that were there.</summary>
    /// <param name="frame">The end frame.</param>
    /// <param name="payload">Its payload: the footer, if the archive has an index.</param>
    /// <param name="endOffset">Where the archive ends in the stream.</param>
    public void AddEnd(in RawFrame frame, ReadOnlySpan<byte> payload, long endOffset)
    {
        var end = EndFrame.Read(frame.Header, frame.Offset);
        if (end.FrameCount != FrameCount || end.OriginalLength != OriginalLength)
        {
            throw Corrupt(
                frame,
                $"counts {end.FrameCount} frames and {end.OriginalLength} bytes; there were {FrameCount} and {OriginalLength}");
        }

        var footerFits = _indexOffset < 0
            ? payload.IsEmpty
            : IndexFooter.TryRead(payload, out var footer)
                && footer == new IndexFooter(endOffset - _indexOffset, endOffset - _archiveStart);
        if (!footerFits)
        {
            throw Corrupt(frame, "does not say rightly where the index is");
        }

        Finish(frame, end);
    }

    /// <inheritdoc/>
    public void Dispose() => _expectedIndex.Dispose();

    private void Finish(in RawFrame frame, EndFrame end)
    {
        if (OriginalLength != (_header.OriginalLength ?? OriginalLength))
        {
            throw Corrupt(
                frame, $"ends the content after {OriginalLength} bytes where {_header.OriginalLength} were promised");
        }

        End = end;
    }

    private static CorruptArchiveException Corrupt(in RawFrame frame, string what) =>
        new($"The frame at byte {frame.Offset} {what}.");
}
