namespace NacrithOnnx.Format;

/// <summary>The numbers of format 1.0. docs/format.md gives the reason of each; both must agree.</summary>
public static class FormatConstants
{
    /// <summary>Major version written and read. Another one means another format behind the archive header.</summary>
    public const int MajorVersion = 1;

    /// <summary>Minor version written. A newer one is readable if it uses nothing that must be understood.</summary>
    public const int MinorVersion = 0;

    /// <summary>Bytes of a header or payload checksum: chance damage passes one in 2^64 times.</summary>
    public const int ChecksumLength = 8;

    /// <summary>Bytes of SHA-256 kept per frame: 128 bits, the customary strength of a content identity.</summary>
    public const int ContentHashLength = 16;

    /// <summary>Largest map of an archive header or frame, in bytes: room for 4096 regions.</summary>
    public const int MaxHeaderLength = 1 << 16;

    /// <summary>Most original bytes in one frame: a decoder holds one frame, so this bounds its memory.</summary>
    public const int MaxFrameOriginalLength = 1 << 26;

    /// <summary>Most payload bytes in one frame: stored content, and room for what coders flush.</summary>
    public const int MaxFramePayloadLength = MaxFrameOriginalLength + (1 << 16);

    /// <summary>Most regions in one data frame: 4096 regions of at most 9 bytes each fit a header.</summary>
    public const int MaxRegions = 4096;

    /// <summary>Most streams decoded in lock step in one frame.</summary>
    public const int MaxLanes = 1024;

    /// <summary>
    /// Most tokens per original byte of text: a token carries at least one byte, and a byte without a token costs an
    /// escape and a literal.
    /// </summary>
    public const int MaxTokensPerTextByte = 2;

    /// <summary>Tokens allowed beyond <see cref="MaxTokensPerTextByte"/>: an end mark for each of a few streams.</summary>
    public const int TokenAllowance = MaxLanes;

    /// <summary>Most primer tokens: the longest context of any model the format foresees.</summary>
    public const int MaxPrimerTokens = 1 << 20;

    /// <summary>Largest transform id: two bytes, defined by the codec, not by the container.</summary>
    public const int MaxTransformId = 65535;

    /// <summary>Largest level.</summary>
    public const int MaxLevel = 255;

    /// <summary>Most bytes of an arithmetic id.</summary>
    public const int MaxArithmeticIdLength = 64;

    /// <summary>Most bytes of a parameter's name.</summary>
    public const int MaxParameterNameLength = 64;

    /// <summary>Most parameters of an archive.</summary>
    public const int MaxParameters = 256;

    /// <summary>Bytes of one index entry: two little-endian 64-bit numbers.</summary>
    public const int IndexEntryLength = 16;

    /// <summary>Most entries of an index: what fits the payload of one frame.</summary>
    public const int MaxIndexEntries = MaxFramePayloadLength / IndexEntryLength;

    /// <summary>Bytes of the footer in the end frame of an archive with an index.</summary>
    internal const int FooterLength = 24;

    /// <summary>Keys from here on may be ignored by a reader that does not know them.</summary>
    internal const int FirstAncillaryKey = 64;

    /// <summary>Largest field key: one byte on the wire.</summary>
    internal const int MaxFieldKey = 127;

    /// <summary>
    /// First eight bytes of an archive: \x89 NCX CR LF SUB LF. As in PNG, the high bit shows a 7-bit channel and the
    /// line ends a text-mode transfer.
    /// </summary>
    public static ReadOnlySpan<byte> Magic => [0x89, 0x4E, 0x43, 0x58, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Last eight bytes of the footer: "NCXINDEX".</summary>
    internal static ReadOnlySpan<byte> FooterMagic => "NCXINDEX"u8;
}
