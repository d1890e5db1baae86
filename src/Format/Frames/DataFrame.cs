namespace NacrithOnnx.Format;

/// <summary>A data frame with its payload, checked against every checksum that needs no decoding.</summary>
public sealed class DataFrame
{
    internal DataFrame(DataFrameHeader header, byte[] payload, long offset, long originalStart)
    {
        Header = header;
        Payload = payload;
        Offset = offset;
        OriginalStart = originalStart;
    }

    /// <summary>What the frame says about its payload.</summary>
    public DataFrameHeader Header { get; }

    /// <summary>The whole payload. The array belongs to this frame alone.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Where the frame begins in the stream, counted from where the reader began.</summary>
    public long Offset { get; }

    /// <summary>Where the frame's content begins in the content of everything read, over all archives.</summary>
    public long OriginalStart { get; }

    /// <summary>The coded text.</summary>
    public ReadOnlySpan<byte> TextPayload => Payload.Span[..Header.TextPayloadLength];

    /// <summary>The bytes coded by the byte model.</summary>
    public ReadOnlySpan<byte> BytesPayload =>
        Payload.Span.Slice(Header.TextPayloadLength, Header.BytesPayloadLength);

    /// <summary>The bytes of all stored regions, one behind the other.</summary>
    public ReadOnlySpan<byte> StoredBytes => Payload.Span[(Header.TextPayloadLength + Header.BytesPayloadLength)..];
}
