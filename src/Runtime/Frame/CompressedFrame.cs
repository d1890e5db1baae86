using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>Compressed content, ready to be written.</summary>
/// <param name="Profile">Number of the profile; 0 if it has none, and for stored content.</param>
/// <param name="HasDictionary">Whether its text, if any, follows a dictionary.</param>
/// <param name="Regions">The regions.</param>
/// <param name="Text">Tokens of the text regions.</param>
/// <param name="TextPayload">The coded text.</param>
/// <param name="BytesPayload">The payload of the byte coder.</param>
internal sealed record CompressedFrame(
    int Profile, bool HasDictionary, Region[] Regions, CodedText Text, byte[] TextPayload, byte[] BytesPayload)
{
    /// <summary>How the text was coded, if somebody observes.</summary>
    public TextTrace? Trace { get; init; }

    /// <summary>Stored content.</summary>
    public static CompressedFrame Stored(ReadOnlySpan<byte> content) => new(
        0,
        false,
        content.IsEmpty ? [] : [new Region(RegionKind.Stored, 0, content.Length)],
        default,
        [],
        []);

    /// <summary>The input for the writer of a body.</summary>
    /// <param name="content">The content.</param>
    public BodyContent Body(ReadOnlySpan<byte> content) => new()
    {
        Original = content,
        Regions = Regions,
        Profile = Profile,
        HasDictionary = HasDictionary,
        TokenCount = Text.Tokens,
        IsPrimed = Text.IsPrimed,
        TextPayload = TextPayload,
        BytesPayload = BytesPayload,
    };

    /// <summary>Bytes of the body, and of the hashes that a small archive has because of it.</summary>
    /// <param name="content">The content.</param>
    /// <param name="container">What the body will lie in.</param>
    public int Length(ReadOnlySpan<byte> content, BodyContainer container)
    {
        var body = Body(content);
        return BodyWriter.Length(body, container) + body.Tag(container).PrefixLength(container);
    }
}
