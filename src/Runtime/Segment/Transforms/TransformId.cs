namespace NacrithOnnx.Runtime.Segment;

/// <summary>
/// Reversible changes made to a text region before the language model sees it. A set: the number is the sum, plus 256
/// times the width of the lines whose wrapping was taken away, if it was.
/// </summary>
/// <remarks>The numbers are format constants (docs/transforms.md). Undone from the last to the first of this list, but for quotes.</remarks>
[Flags]
internal enum TransformId
{
    /// <summary>The region as it is.</summary>
    None = 0,

    /// <summary>UTF-16, little endian, became UTF-8.</summary>
    Utf16LittleEndian = 1,

    /// <summary>UTF-16, big endian, became UTF-8.</summary>
    Utf16BigEndian = 2,

    /// <summary>Windows-1252 became UTF-8.</summary>
    Windows1252 = 4,

    /// <summary>A byte order mark at the start was removed.</summary>
    ByteOrderMark = 8,

    /// <summary>CR LF and LF changed places.</summary>
    LineEnds = 16,

    /// <summary><c>&amp;quot;</c> and the quotation mark changed places between tags. Made last, undone first.</summary>
    Quotes = 32,

    /// <summary>The bits of the width of wrapped lines, 1 to 255, whose line feeds became spaces; 0 if they did not.</summary>
    LineWidth = 0xFF00,
}
