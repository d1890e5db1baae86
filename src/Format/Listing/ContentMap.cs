namespace NacrithOnnx.Format;

/// <summary>
/// Finds the frames that hold a range of the content, in a seekable stream. Reads the index if there is one, and the
/// header of every frame otherwise.
/// </summary>
public sealed class ContentMap
{
    private readonly Stream _stream;
    private readonly long _origin;
    private readonly ReaderLimits _limits;
    private readonly List<FrameLocation> _frames;

    private ContentMap(Stream stream, long origin, ReaderLimits limits, List<FrameLocation> frames)
    {
        _stream = stream;
        _origin = origin;
        _limits = limits;
        _frames = frames;
        OriginalLength = frames.Count == 0 ? 0 : frames[^1].OriginalStart + frames[^1].OriginalLength;
    }

    /// <summary>Length of the content of all archives.</summary>
    public long OriginalLength { get; }

    /// <summary>All data frames that have content, in order.</summary>
    public IReadOnlyList<FrameLocation> Frames => _frames;

    /// <summary>Maps all archives from the current position of the stream to its end.</summary>
    /// <exception cref="NacrithException">The input is not an archive, is damaged, or exceeds a limit.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static ContentMap Read(
        Stream stream, ReaderLimits? limits = null, TrailingData trailing = TrailingData.Refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream cannot seek.", nameof(stream));
        }

        limits ??= ReaderLimits.Default;
        var origin = stream.Position;
        var frames = IndexFinder.TryReadAll(stream, limits);
        if (frames is null)
        {
            stream.Position = origin;
            frames = FromHeaders(ArchiveListing.Read(stream, limits, trailing));
        }

        var map = new ContentMap(stream, origin, limits, frames);
        return map.OriginalLength <= limits.MaxOutputLength
            ? map
            : throw new LimitExceededException(
                $"The content is longer than the limit of {limits.MaxOutputLength} bytes.");
    }

    /// <summary>The frames that overlap a range. The part of the range outside the content is ignored.</summary>
    /// <param name="offset">Offset of the range, not negative.</param>
    /// <param name="length">Length of the range, not negative.</param>
    public IReadOnlyList<FrameLocation> Find(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var end = Math.Min(OriginalLength, length > long.MaxValue - offset ? long.MaxValue : offset + length);
        var first = LowerBound(offset);
        var last = first;
        while (last < _frames.Count && _frames[last].OriginalStart < end)
        {
            last++;
        }

        return offset >= end ? [] : _frames.GetRange(first, last - first);
    }

    /// <summary>Reads one frame, verifies its checksums, and compares it with the map.</summary>
    /// <exception cref="NacrithException">The frame is damaged or missing, or exceeds a limit.</exception>
    public DataFrame ReadFrame(in FrameLocation location)
    {
        _stream.Position = _origin + location.Offset;
        var reader = new FrameReader(_stream, _limits, location.Offset);
        var frame = location.Archive.IsSmall ? ReadSmall(reader, location) : ReadData(reader, location);
        return frame.ContentLength == location.OriginalLength
            ? frame
            : throw new CorruptArchiveException($"The frame at byte {location.Offset} contradicts the index.");
    }

    private static DataFrame ReadSmall(FrameReader reader, in FrameLocation location)
    {
        Span<byte> magic = stackalloc byte[ArchiveForms.CommonMagicLength];
        reader.Source.ReadExactly(magic);
        return reader.ReadSmallFrame(reader.ReadSmallHead(location.Offset), location.OriginalStart);
    }

    private static DataFrame ReadData(FrameReader reader, in FrameLocation location)
    {
        var head = ReadHead(reader, location);
        if (head.Type != FrameType.Data)
        {
            throw new CorruptArchiveException(
                $"The index points to byte {location.Offset}, where there is no data frame.");
        }

        var frame = reader.ReadData(head, location.OriginalStart);
        var body = frame.Body.Head;
        if ((body.TextLength > 0 && location.Archive.Model is null)
            || (body.Tag.Kind != BodyKind.Stored && !location.Archive.NamesParameters))
        {
            throw new CorruptArchiveException(
                $"The frame at byte {location.Offset} holds coded content that the archive header does not describe.");
        }

        return frame;
    }

    private static FrameHead ReadHead(FrameReader reader, in FrameLocation location)
    {
        try
        {
            return reader.ReadHead();
        }
        catch (TruncatedArchiveException truncated)
        {
            // The archive is complete, since its end has been read: a head that runs past the end means a wrong index.
            throw new CorruptArchiveException(
                $"The index points to byte {location.Offset}, where there is no frame.", truncated);
        }
    }

    private static List<FrameLocation> FromHeaders(IReadOnlyList<ArchiveListing> archives)
    {
        var frames = new List<FrameLocation>();
        long start = 0;
        foreach (var archive in archives)
        {
            foreach (var frame in archive.Frames)
            {
                if (frame.Head.ContentLength > 0)
                {
                    frames.Add(new(archive.Header, frame.Offset, start, frame.Head.ContentLength));
                    start += frame.Head.ContentLength;
                }
            }
        }

        return frames;
    }

    /// <summary>Index of the first frame that ends after <paramref name="offset"/>.</summary>
    private int LowerBound(long offset)
    {
        var low = 0;
        var high = _frames.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var before = _frames[middle].OriginalStart + _frames[middle].OriginalLength <= offset;
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
