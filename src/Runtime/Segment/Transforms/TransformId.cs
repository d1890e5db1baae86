namespace NacrithOnnx.Runtime.Segment;

/// <summary>
/// Reversible changes made to a text region before the language model sees it. The number is the sum of one encoding,
/// any of the other changes, and, if lines were unwrapped, 256 times their width.
/// </summary>
/// <remarks>
/// The numbers are format constants (docs/transforms.md). Undone in this order: quotes, line width, line ends, byte
/// order mark, encoding.
/// </remarks>
[Flags]
internal enum TransformId
{
    /// <summary>The region unchanged.</summary>
    None = 0,

    /// <summary>UTF-16, little endian, became UTF-8.</summary>
    Utf16LittleEndian = 1,

    /// <summary>UTF-16, big endian, became UTF-8.</summary>
    Utf16BigEndian = 2,

    /// <summary>UTF-32, little endian, became UTF-8.</summary>
    Utf32LittleEndian = 3,

    /// <summary>Windows-1252 became UTF-8.</summary>
    Windows1252 = 4,

    /// <summary>UTF-32, big endian, became UTF-8.</summary>
    Utf32BigEndian = 5,

    /// <summary>Windows-1251, Cyrillic, became UTF-8.</summary>
    Windows1251 = 6,

    /// <summary>KOI8-U, which is KOI8-R with Ukrainian letters, became UTF-8.</summary>
    Koi8 = 7,

    /// <summary>A byte order mark at the start was removed.</summary>
    ByteOrderMark = 8,

    /// <summary>CR LF and LF were exchanged.</summary>
    LineEnds = 16,

    /// <summary>
    /// <c>&amp;quot;</c> and the quotation mark were exchanged between tags. Applied last, reversed first.
    /// </summary>
    Quotes = 32,

    /// <summary>Code page 866, Cyrillic, became UTF-8.</summary>
    Ibm866 = 64,

    /// <summary>ISO 8859-5, Cyrillic, became UTF-8.</summary>
    Iso8859Part5 = 65,

    /// <summary>Windows-1253, Greek, became UTF-8.</summary>
    Windows1253 = 66,

    /// <summary>Windows-1255, Hebrew, became UTF-8.</summary>
    Windows1255 = 67,

    /// <summary>Windows-1256, Arabic, became UTF-8.</summary>
    Windows1256 = 68,

    /// <summary>Windows-1250, Central European, became UTF-8.</summary>
    Windows1250 = 69,

    /// <summary>ISO 8859-2, Central European, became UTF-8.</summary>
    Iso8859Part2 = 70,

    /// <summary>Windows-1254, Turkish, became UTF-8.</summary>
    Windows1254 = 71,

    /// <summary>Code page 850, Western European, became UTF-8.</summary>
    Ibm850 = 128,

    /// <summary>Mac OS Roman became UTF-8.</summary>
    MacRoman = 129,

    /// <summary>Windows-874, Thai, became UTF-8.</summary>
    Windows874 = 130,

    /// <summary>EBCDIC, code page 037, became UTF-8.</summary>
    Ibm037 = 131,

    /// <summary>EBCDIC, code page 273, German, became UTF-8.</summary>
    Ibm273 = 132,

    /// <summary>
    /// The bits of the width of wrapped lines, 1 to 255, whose line feeds became spaces; 0 if none did.
    /// </summary>
    LineWidth = 0xFF00,
}
