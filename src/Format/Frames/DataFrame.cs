namespace NacrithOnnx.Format;

/// <summary>A data frame and its payload, after every check that needs no decoding.</summary>
public sealed class DataFrame
{
    internal DataFrame(DataFrameHeader header, byte[] payload, long offset, long originalStart)
    {
        Header = header;
        Payload = payload;
        Offset = offset;
        OriginalStart = originalStart;
    }

    /// <summary>Describes the payload.</summary>
    public DataFrameHeader Header { get; }

    /// <summary>The whole payload. No other frame shares the array.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Offset of the frame from the position where the reader started.</summary>
    public long Offset { get; }

    /// <summary>Offset of the frame's content in the content of all archives read.</summary>
    public long OriginalStart { get; }

    /// <summary>The coded text.</summary>
    public ReadOnlySpan<byte> TextPayload => Payload.Span[..Header.TextPayloadLength];

    /// <summary>The bytes coded by the byte model.</summary>
    public ReadOnlySpan<byte> BytesPayload =>
        Payload.Span.Slice(Header.TextPayloadLength, Header.BytesPayloadLength);

    /// <summary>The stored regions, concatenated.</summary>
    public ReadOnlySpan<byte> StoredBytes => Payload.Span[(Header.TextPayloadLength + Header.BytesPayloadLength)..];
}
