namespace NacrithOnnx.Format;

/// <summary>
/// Finds the frames that hold a range of the content, in a stream that can seek. With an index only that is read;
/// without one, the header of every frame.
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

    /// <summary>Length of the content of all archives together.</summary>
    public long OriginalLength { get; }

    /// <summary>All data frames with content, in order.</summary>
    public IReadOnlyList<FrameLocation> Frames => _frames;

    /// <summary>Reads the map of all archives from where the stream stands to its end.</summary>
    /// <exception cref="NacrithException">The input is no archive, is damaged, or is refused by a limit.</exception>
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
                $"The archive holds more than the {limits.MaxOutputLength} bytes that may be written.");
    }

    /// <summary>The frames that hold any of a range; what lies outside the content is ignored.</summary>
    /// <param name="offset">First byte of the range, not negative.</param>
    /// <param name="length">Bytes of the range, not negative.</param>
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

    /// <summary>Reads one frame, and verifies its checksums and that the map told the truth about it.</summary>
    /// <exception cref="NacrithException">The frame is damaged, not there, or refused by a limit.</exception>
    public DataFrame ReadFrame(in FrameLocation location)
    {
        _stream.Position = _origin + location.Offset;
        var scanner = new FrameScanner(_stream, _limits, location.Offset);
        var raw = ReadHead(scanner, location);
        if (raw.Type is not (FrameType.Data or FrameType.Sole))
        {
            throw new CorruptArchiveException($"There is no data frame at byte {location.Offset}, where one should be.");
        }

        var header = DataFrameHeaderCodec.Read(raw.Header, raw.PayloadLength, raw.Offset);
        if (header.OriginalLength != location.OriginalLength
            || (header.TextLength > 0 && location.Archive.Codec is null))
        {
            throw new CorruptArchiveException($"The frame at byte {location.Offset} is not what the index says.");
        }

        DataFrameRules.CheckLimits(header, raw.Offset, _limits);
        return new(header, scanner.ReadPayload(raw), location.Offset, location.OriginalStart);
    }

    private static RawFrame ReadHead(FrameScanner scanner, in FrameLocation location)
    {
        try
        {
            return scanner.ReadFrame();
        }
        catch (TruncatedArchiveException truncated)
        {
            // The map was read up to the end, so a head that runs past it lies where the index is wrong.
            throw new CorruptArchiveException($"There is no frame at byte {location.Offset}.", truncated);
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
                if (frame.Header.OriginalLength > 0)
                {
                    frames.Add(new(archive.Header, frame.Offset, start, frame.Header.OriginalLength));
                    start += frame.Header.OriginalLength;
                }
            }
        }

        return frames;
    }

    /// <summary>First frame that ends behind <paramref name="offset"/>.</summary>
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
