namespace NacrithOnnx.Format;

/// <summary>Describes the content and the payload of a data frame.</summary>
public sealed class DataFrameHeader
{
    private readonly Region[] _regions;

    internal DataFrameHeader(
        UInt128 contentHash, Region[] regions, TextSection text, int textPayloadLength, int bytesPayloadLength)
    {
        _regions = regions;
        ContentHash = contentHash;
        Text = text;
        TextPayloadLength = textPayloadLength;
        BytesPayloadLength = bytesPayloadLength;
        foreach (var region in regions)
        {
            OriginalLength += region.OriginalLength;
            TextLength += region.Kind == RegionKind.Text ? region.OriginalLength : 0;
            BytesLength += region.Kind == RegionKind.Bytes ? region.OriginalLength : 0;
        }
    }

    /// <summary>First 16 bytes of the SHA-256 of the frame's original bytes, big-endian.</summary>
    public UInt128 ContentHash { get; }

    /// <summary>The regions, in the order of the original. Empty only in the sole frame of an empty archive.</summary>
    public ReadOnlySpan<Region> Regions => _regions;

    /// <summary>Tokens and lanes of the text; zeros if <see cref="TextLength"/> is zero.</summary>
    public TextSection Text { get; }

    /// <summary>Length of the original, in bytes.</summary>
    public int OriginalLength { get; }

    /// <summary>Original bytes in text regions.</summary>
    public int TextLength { get; }

    /// <summary>Original bytes in regions coded by the byte model.</summary>
    public int BytesLength { get; }

    /// <summary>Original bytes in stored regions; the stored section of the payload has the same length.</summary>
    public int StoredLength => OriginalLength - TextLength - BytesLength;

    /// <summary>Bytes of the payload's first section: the coded text.</summary>
    public int TextPayloadLength { get; }

    /// <summary>Bytes of the payload's second section: the coded bytes.</summary>
    public int BytesPayloadLength { get; }

    /// <summary>Bytes of the whole payload.</summary>
    public int PayloadLength => TextPayloadLength + BytesPayloadLength + StoredLength;

    /// <summary>Compares decoded content with the frame's content hash.</summary>
    /// <exception cref="ChecksumException">The content differs from what was compressed.</exception>
    public void Verify(ReadOnlySpan<byte> original)
    {
        if (original.Length != OriginalLength || Sha256Digest.Compute(original).ContentHash != ContentHash)
        {
            throw new ChecksumException("The decoded content of a frame differs from what was compressed.");
        }
    }
}
