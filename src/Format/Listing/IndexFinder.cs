using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Finds and reads the indexes of concatenated archives, from the last archive to the first.</summary>
internal static class IndexFinder
{
    /// <summary>Length of the footer and its checksum: the last bytes of an archive with an index.</summary>
    private const int TailLength = FormatConstants.FooterLength + FormatConstants.ChecksumLength;

    /// <summary>Bytes read at a time when zero padding is skipped backwards.</summary>
    private const int PaddingPiece = 4096;

    /// <summary>Reads the index of every archive from the current position of the stream to its end.</summary>
    /// <returns>All data frames in order, or null if the index of an archive cannot be found from its end.</returns>
    /// <exception cref="NacrithException">An index is damaged or wrong.</exception>
    public static List<FrameLocation>? TryReadAll(Stream stream, ReaderLimits limits)
    {
        var origin = stream.Position;
        var end = stream.Length - origin;
        var archives = new Stack<List<FrameLocation>>();
        var count = 0;
        while (end > 0)
        {
            if (!TryFindFooter(stream, origin, ref end, out var footer)
                || footer.ArchiveLength > end || footer.ArchiveLength <= 0
                || footer.IndexDistance >= footer.ArchiveLength || footer.IndexDistance <= 0)
            {
                return null;
            }

            archives.Push(ReadArchive(stream, origin, end, footer, limits));
            count += archives.Peek().Count;
            if (count > ArchiveListing.MaxFrames)
            {
                throw new LimitExceededException($"There are more than {ArchiveListing.MaxFrames} frames.");
            }

            end -= footer.ArchiveLength;
        }

        return archives.Count == 0 ? null : Join(archives, count);
    }

    private static List<FrameLocation> ReadArchive(
        Stream stream, long origin, long end, IndexFooter footer, ReaderLimits limits)
    {
        var start = end - footer.ArchiveLength;
        stream.Position = origin + start;
        var reader = new FrameReader(stream, limits, start);
        var indexOffset = end - footer.IndexDistance;
        Span<byte> magic = stackalloc byte[FormatConstants.Magic.Length];
        reader.Source.ReadExactly(magic);
        Require(magic.SequenceEqual(FormatConstants.Magic), indexOffset);
        var header = reader.ReadArchiveHeader(start);
        var headerEnd = reader.Source.Position;

        stream.Position = origin + indexOffset;
        reader = new(stream, limits, indexOffset);
        var index = reader.ReadHead();
        Require(index.Type == FrameType.Index, indexOffset);
        var entries = reader.ReadPayload(index);

        var head = reader.ReadHead();
        while (head.IsSkippable)
        {
            reader.SkipPayload(head);
            head = reader.ReadHead();
        }

        Require(head.Type == FrameType.End, indexOffset);
        var totals = EndFrame.Read(head.Header, head.Offset);
        var tail = reader.ReadPayload(head);
        Require(
            reader.Source.Position == end && IndexFooter.TryRead(tail, out var again) && again == footer
                && totals.OriginalLength == (header.OriginalLength ?? totals.OriginalLength)
                && entries.Length % FormatConstants.IndexEntryLength == 0
                && entries.Length / FormatConstants.IndexEntryLength == totals.FrameCount,
            indexOffset);
        return ReadEntries(entries, header, headerEnd - start, indexOffset - start, start, totals);
    }

    private static List<FrameLocation> ReadEntries(
        ReadOnlySpan<byte> entries, ArchiveHeader header, long firstFrame, long indexOffset, long start,
        EndFrame totals)
    {
        var count = entries.Length / FormatConstants.IndexEntryLength;
        var frames = new List<FrameLocation>(count);
        for (var number = 0; number < count; number++)
        {
            var entry = IndexEntry.Read(entries[(number * FormatConstants.IndexEntryLength)..]);
            var isLast = number == count - 1;
            var next = isLast
                ? new(indexOffset, totals.OriginalLength)
                : IndexEntry.Read(entries[((number + 1) * FormatConstants.IndexEntryLength)..]);
            Require(
                entry.FrameOffset >= firstFrame && entry.FrameOffset < next.FrameOffset
                    && next.FrameOffset <= indexOffset && (number > 0 || entry.OriginalStart == 0)
                    && entry.OriginalStart >= 0 && entry.OriginalStart < next.OriginalStart
                    && next.OriginalStart - entry.OriginalStart <= FormatConstants.MaxFrameOriginalLength,
                start + indexOffset);
            var length = next.OriginalStart - entry.OriginalStart;
            frames.Add(new(header, start + entry.FrameOffset, entry.OriginalStart, length));
        }

        Require(count > 0, start + indexOffset);
        return frames;
    }

    private static List<FrameLocation> Join(Stack<List<FrameLocation>> archives, int count)
    {
        var all = new List<FrameLocation>(count);
        long originalStart = 0;
        foreach (var frames in archives)
        {
            foreach (var frame in frames)
            {
                all.Add(frame with { OriginalStart = originalStart });
                originalStart += frame.OriginalLength;
            }
        }

        return all;
    }

    /// <summary>
    /// Finds a footer before zero padding, and sets <paramref name="end"/> to the end of its archive.
    /// </summary>
    private static bool TryFindFooter(Stream stream, long origin, ref long end, out IndexFooter footer)
    {
        footer = default;
        var contentEnd = FindLastNonZero(stream, origin, end) + 1;

        // The checksum may end in zeros, which look like padding. The footer before it cannot.
        var furthest = Math.Min(end, contentEnd + FormatConstants.ChecksumLength);
        Span<byte> tail = stackalloc byte[TailLength];
        for (var candidate = contentEnd; candidate <= furthest; candidate++)
        {
            if (candidate < TailLength)
            {
                continue;
            }

            stream.Position = origin + candidate - TailLength;
            stream.ReadExactly(tail);
            var bytes = tail[..FormatConstants.FooterLength];
            var checksum = BinaryPrimitives.ReadUInt64BigEndian(tail[bytes.Length..]);
            if (IndexFooter.TryRead(bytes, out footer) && Checksum.Of(bytes) == checksum)
            {
                end = candidate;
                return true;
            }
        }

        return false;
    }

    private static long FindLastNonZero(Stream stream, long origin, long end)
    {
        Span<byte> buffer = stackalloc byte[PaddingPiece];
        while (end > 0)
        {
            var piece = buffer[..(int)Math.Min(end, PaddingPiece)];
            stream.Position = origin + end - piece.Length;
            stream.ReadExactly(piece);
            var last = piece.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return end - piece.Length + last;
            }

            end -= piece.Length;
        }

        return -1;
    }

    private static void Require(bool condition, long indexOffset)
    {
        if (!condition)
        {
            throw new CorruptArchiveException($"The index at byte {indexOffset} contradicts the archive.");
        }
    }
}
