namespace NacrithOnnx.Format;

/// <summary>The constants of format 1.0, as in docs/format.md.</summary>
public static class FormatConstants
{
    /// <summary>
    /// Major version written and read. Another major version may change everything after the archive header.
    /// </summary>
    public const int MajorVersion = 1;

    /// <summary>
    /// Minor version written. Archives of a newer minor version are readable if they use no critical feature.
    /// </summary>
    public const int MinorVersion = 0;

    /// <summary>Bytes of a checksum and of a content check. Random damage goes unnoticed with probability 2^-64.</summary>
    public const int ChecksumLength = 8;

    /// <summary>Most bytes in the map of an archive header or frame.</summary>
    public const int MaxHeaderLength = 1 << 16;

    /// <summary>Most original bytes in one frame. A decoder holds one frame, so this bounds its memory.</summary>
    public const int MaxFrameOriginalLength = 1 << 26;

    /// <summary>Most payload bytes in one frame: stored content, and room for the final bytes of the coders.</summary>
    public const int MaxFramePayloadLength = MaxFrameOriginalLength + (1 << 16);

    /// <summary>Most regions in one frame.</summary>
    public const int MaxRegions = 4096;

    /// <summary>
    /// Most tokens per original byte of text. A byte without a token takes two, an escape and a literal; a byte of a code
    /// page becomes at most three bytes of UTF-8, each a token.
    /// </summary>
    public const int MaxTokensPerTextByte = 3;

    /// <summary>Largest transform id: two bytes. The codec defines the ids.</summary>
    public const int MaxTransformId = 65535;

    /// <summary>Largest level.</summary>
    public const int MaxLevel = 255;

    /// <summary>Largest profile number in a header; a tag holds only <see cref="BodyRules.MaxProfile"/>.</summary>
    public const int MaxProfile = 255;

    /// <summary>Most bytes of a parameter name.</summary>
    public const int MaxParameterNameLength = 64;

    /// <summary>Most parameters in an archive.</summary>
    public const int MaxParameters = 256;

    /// <summary>Bytes of one index entry: two little-endian 64-bit numbers.</summary>
    public const int IndexEntryLength = 16;

    /// <summary>Most entries in an index: as many as fit the payload of one frame.</summary>
    public const int MaxIndexEntries = MaxFramePayloadLength / IndexEntryLength;

    /// <summary>Bytes of the footer in the end frame of an archive with an index.</summary>
    internal const int FooterLength = 24;

    /// <summary>Keys from here on are ancillary: a reader that does not know them skips them.</summary>
    internal const int FirstAncillaryKey = 64;

    /// <summary>Largest field key: one byte on the wire.</summary>
    internal const int MaxFieldKey = 127;

    /// <summary>
    /// First eight bytes of a large archive: \x89 NCX CR LF SUB LF. As in PNG, the high bit reveals a 7-bit channel and
    /// the line ends reveal a text-mode transfer. A small archive has the first four.
    /// </summary>
    public static ReadOnlySpan<byte> Magic => [0x89, 0x4E, 0x43, 0x58, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Last eight bytes of the footer: "NCXINDEX".</summary>
    internal static ReadOnlySpan<byte> FooterMagic => "NCXINDEX"u8;
}
