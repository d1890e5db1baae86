namespace NacrithOnnx.Format;

/// <summary>A frame body: its head and its sections. The bytes are not copied.</summary>
public sealed class FrameBody
{
    private readonly ReadOnlyMemory<byte> _sections;

    private FrameBody(BodyHead head, ReadOnlyMemory<byte> rest)
    {
        Head = head;
        _sections = rest[head.FieldsLength..];
    }

    /// <summary>Tag and fields.</summary>
    public BodyHead Head { get; }

    /// <summary>Bytes of all sections.</summary>
    public int Length => _sections.Length;

    /// <summary>The coded text.</summary>
    public ReadOnlyMemory<byte> TextPayload => _sections[..Head.TextPayloadLength];

    /// <summary>What the byte coder coded.</summary>
    public ReadOnlyMemory<byte> BytesPayload => _sections.Slice(Head.TextPayloadLength, Head.BytesPayloadLength);

    /// <summary>The bytes of all stored regions, one after the other.</summary>
    public ReadOnlyMemory<byte> Stored => _sections[(Head.TextPayloadLength + Head.BytesPayloadLength)..];

    /// <summary>Reads a body.</summary>
    /// <exception cref="NacrithException">The body breaks a rule of the format, or passes a limit.</exception>
    public static FrameBody Read(ReadOnlyMemory<byte> body, in BodyContext context) =>
        new(BodyHead.Read(body.Span, body.Length, context), body.IsEmpty ? body : body[1..]);

    /// <summary>Reads what follows a tag that was read before.</summary>
    /// <exception cref="NacrithException">The body breaks a rule of the format, or passes a limit.</exception>
    public static FrameBody ReadRest(BodyTag tag, ReadOnlyMemory<byte> rest, in BodyContext context) =>
        new(BodyHead.ReadRest(tag, rest.Span, rest.Length, context), rest);
}
