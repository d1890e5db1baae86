namespace NacrithOnnx.Format;

/// <summary>
/// Describes an archive without decoding it. In a seekable stream only the heads of frames are read, so damage goes
/// unnoticed; in any other stream everything is read, and what protects the frames of a large archive is verified.
/// </summary>
public sealed class ArchiveListing
{
    /// <summary>
    /// Most frames listed. A frame of 30 bytes takes about 250 bytes of memory, so a large hostile file could exhaust
    /// it. A million frames of 1 MiB hold 1 TiB.
    /// </summary>
    internal const int MaxFrames = 1 << 20;

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

    /// <summary>Offset of the archive in the stream.</summary>
    public long Offset { get; }

    /// <summary>Length of the archive in bytes, without the padding after it.</summary>
    public long Length { get; }

    /// <summary>Whether the archive has an index.</summary>
    public bool HasIndex { get; }

    /// <summary>The data frames, in order.</summary>
    public IReadOnlyList<FrameListing> Frames { get; }

    /// <summary>Lists the concatenated archives of a stream from its current position.</summary>
    /// <exception cref="NacrithException">The input is not an archive, is damaged, or exceeds a limit.</exception>
    public static IReadOnlyList<ArchiveListing> Read(
        Stream stream, ReaderLimits? limits = null, TrailingData trailing = TrailingData.Refuse)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new FrameReader(stream, limits ?? ReaderLimits.Default);
        var boundary = new ArchiveBoundary(reader.Source, trailing);
        var archives = new List<ArchiveListing>();
        var frameCount = 0;
        while (boundary.TryEnterArchive(first: archives.Count == 0, out var form))
        {
            archives.Add(form == ArchiveForm.Small ? ReadSmall(reader) : ReadLarge(reader, ref frameCount));
            if (frameCount + archives.Count > MaxFrames)
            {
                throw new LimitExceededException($"There are more than {MaxFrames} frames to list.");
            }
        }

        return archives;
    }

    private static ArchiveListing ReadSmall(FrameReader reader)
    {
        var offset = reader.Source.Position - ArchiveForms.CommonMagicLength;
        var head = reader.ReadSmallHead(offset);
        var body = reader.ReadSmallBodyHead(head);
        var end = new EndFrame(head.ContentLength, 1, ContentHash: null);
        FrameListing[] frames = [new(offset, head.ArchiveLength, 0, body)];
        return new(head.ToHeader(), end, offset, head.ArchiveLength, hasIndex: false, frames);
    }

    private static ArchiveListing ReadLarge(FrameReader reader, ref int frameCount)
    {
        var offset = reader.Source.Position - FormatConstants.Magic.Length;
        var header = reader.ReadArchiveHeader(offset);
        var frames = new List<FrameListing>();
        var hasIndex = false;
        using var structure = new ArchiveStructure(header, offset);
        while (structure.End is null)
        {
            var head = reader.ReadHead();
            switch (head.Type)
            {
                case FrameType.Data:
                    var body = reader.ReadBodyHead(head);
                    var originalStart = structure.OriginalLength;
                    structure.AddData(head, body);
                    if (++frameCount > MaxFrames)
                    {
                        throw new LimitExceededException($"There are more than {MaxFrames} frames to list.");
                    }

                    frames.Add(new(head.Offset, reader.Source.Position - head.Offset, originalStart, body));
                    break;
                case FrameType.Index:
                    structure.CheckPayloadLength(head);
                    structure.AddIndex(head, reader.ReadPayload(head));
                    hasIndex = true;
                    break;
                case FrameType.End:
                    structure.CheckPayloadLength(head);
                    structure.AddEnd(head, reader.ReadPayload(head), reader.Source.Position);
                    break;
                case var _ when head.IsSkippable:
                    reader.SkipPayload(head);
                    break;
                default:
                    throw FrameReader.UnknownType(head);
            }
        }

        return new(header, structure.End, offset, reader.Source.Position - offset, hasIndex, frames);
    }
}
