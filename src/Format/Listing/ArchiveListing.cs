namespace NacrithOnnx.Format;

/// <summary>
/// What an archive says about itself, without decoding. From a stream that can seek only headers are read, so payload
/// damage stays unseen; from another one everything is read and every checksum verified.
/// </summary>
public sealed class ArchiveListing
{
    /// <summary>
    /// Most frames listed: a frame of 30 bytes costs some 250 in memory, so a large hostile file could ask for a lot.
    /// A million frames of 1 MiB are a TiB.
    /// </summary>
    private const int MaxFrames = 1 << 20;

    private ArchiveListing(
        ArchiveHeader header, EndFrame end, long offset, long length, bool hasIndex, IReadOnlyList<FrameListing> frames)
    {
        Header = header;
        End = end;
        Offset = offset;
        Length = length;
        HasIndex = hasIndex;
        Frames = frames;
    }

    /// <summary>The archive header.</summary>
    public ArchiveHeader Header { get; }

    /// <summary>The totals.</summary>
    public EndFrame End { get; }

    /// <summary>Where the archive begins in the stream.</summary>
    public long Offset { get; }

    /// <summary>Bytes of the whole archive, without padding behind it.</summary>
    public long Length { get; }

    /// <summary>Whether it has an index.</summary>
    public bool HasIndex { get; }

    /// <summary>The data frames, in order.</summary>
    public IReadOnlyList<FrameListing> Frames { get; }

    /// <summary>Lists each of the concatenated archives of a stream, read from where it stands.</summary>
    /// <exception cref="NacrithException">The input is no archive, is damaged, or is refused by a limit.</exception>
    public static IReadOnlyList<ArchiveListing> Read(
        Stream stream, ReaderLimits? limits = null, TrailingData trailing = TrailingData.Refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var scanner = new FrameScanner(stream, limits ?? ReaderLimits.Default);
        var boundary = new ArchiveBoundary(scanner.Source, trailing);
        var archives = new List<ArchiveListing>();
        var frameCount = 0;
        while (boundary.TryEnterArchive(first: archives.Count == 0))
        {
            archives.Add(ReadArchive(scanner, ref frameCount));
        }

        return archives;
    }

    private static ArchiveListing ReadArchive(FrameScanner scanner, ref int frameCount)
    {
        var offset = scanner.Source.Position - FormatConstants.Magic.Length;
        var header = scanner.ReadArchiveHeader(offset);
        var frames = new List<FrameListing>();
        var hasIndex = false;
        using var structure = new ArchiveStructure(header, offset);
        while (structure.End is null)
        {
            var raw = scanner.ReadFrame();
            switch (raw.Type)
            {
                case FrameType.Data or FrameType.Sole:
                    var data = DataFrameHeaderCodec.Read(raw.Header, raw.PayloadLength, raw.Offset);
                    var originalStart = structure.OriginalLength;
                    structure.AddData(raw, data);
                    if (++frameCount > MaxFrames)
                    {
                        throw new LimitExceededException($"There are more than {MaxFrames} frames to list.");
                    }

                    scanner.SkipPayload(raw);
                    frames.Add(new(raw.Offset, scanner.Source.Position - raw.Offset, originalStart, data));
                    break;
                case FrameType.Index:
                    structure.CheckPayloadLength(raw);
                    structure.AddIndex(raw, scanner.ReadPayload(raw));
                    hasIndex = true;
                    break;
                case FrameType.End:
                    structure.CheckPayloadLength(raw);
                    structure.AddEnd(raw, scanner.ReadPayload(raw), scanner.Source.Position);
                    break;
                case var _ when raw.IsSkippable:
                    scanner.SkipPayload(raw);
                    break;
                default:
                    throw FrameScanner.UnknownType(raw);
            }
        }

        return new(header, structure.End, offset, scanner.Source.Position - offset, hasIndex, frames);
    }
}
