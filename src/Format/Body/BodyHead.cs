namespace NacrithOnnx.Format;

/// <summary>The tag and the fields of a frame body: everything before its sections.</summary>
public sealed class BodyHead
{
    private readonly Region[] _regions;

    internal BodyHead(BodyTag tag, Region[] regions)
    {
        _regions = regions;
        Tag = tag;
        foreach (var region in regions)
        {
            ContentLength += region.OriginalLength;
            TextLength += region.Kind == RegionKind.Text ? region.OriginalLength : 0;
            BytesLength += region.Kind == RegionKind.Bytes ? region.OriginalLength : 0;
        }
    }

    /// <summary>The first byte.</summary>
    public BodyTag Tag { get; }

    /// <summary>
    /// The regions, in the order of the content; none for an empty content. The text of a message has the length 0:
    /// only its tokens tell where it ends.
    /// </summary>
    public ReadOnlySpan<Region> Regions => _regions;

    /// <summary>Whether only decoding tells the length of the content: a message of one text.</summary>
    public bool EndsWithTokens { get; init; }

    /// <summary>Length of the content in bytes; 0 where it <see cref="EndsWithTokens"/>.</summary>
    public int ContentLength { get; }

    /// <summary>Original bytes in text regions.</summary>
    public int TextLength { get; }

    /// <summary>Original bytes in regions of the byte coder.</summary>
    public int BytesLength { get; }

    /// <summary>Original bytes in stored regions, and the length of the stored section.</summary>
    public int StoredLength => ContentLength - TextLength - BytesLength;

    /// <summary>Tokens of all text regions together.</summary>
    public int TokenCount { get; init; }

    /// <summary>Whether the lanes start from the primer of the profile's lane rule.</summary>
    public bool IsPrimed { get; init; }

    /// <summary>Bytes of the fields after the tag.</summary>
    public int FieldsLength { get; init; }

    /// <summary>Bytes of the first section: the coded text.</summary>
    public int TextPayloadLength { get; init; }

    /// <summary>Bytes of the second section: the coded bytes.</summary>
    public int BytesPayloadLength { get; init; }

    /// <summary>Reads the head of a body.</summary>
    /// <param name="start">
    /// The body, or its first bytes: all, or <see cref="BodyRules.MaxHeadLength"/> of them where there are more.
    /// </param>
    /// <param name="bodyLength">Bytes of the whole body.</param>
    /// <param name="context">What the body lies in.</param>
    /// <exception cref="NacrithException">The body breaks a rule of the format, or passes a limit.</exception>
    public static BodyHead Read(ReadOnlySpan<byte> start, int bodyLength, in BodyContext context)
    {
        if (start.IsEmpty)
        {
            context.RefuseEnd();
        }

        return ReadRest(BodyTag.Read(start[0], context), start[1..], bodyLength - 1, context);
    }

    /// <summary>Reads the fields after a tag that was read before.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="start">What follows the tag, or the first bytes of it, as in <see cref="Read"/>.</param>
    /// <param name="restLength">Bytes of the body after its tag.</param>
    /// <param name="context">What the body lies in.</param>
    /// <exception cref="NacrithException">The body breaks a rule of the format, or passes a limit.</exception>
    public static BodyHead ReadRest(BodyTag tag, ReadOnlySpan<byte> start, int restLength, in BodyContext context) =>
        new BodyHeadReader(start, restLength, context).Read(tag);
}
