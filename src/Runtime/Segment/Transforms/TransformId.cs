namespace NacrithOnnx.Runtime.Segment;

/// <summary>Reversible changes made to a text region before the language model sees it. A set: the number is the sum.</summary>
/// <remarks>The numbers are format constants (docs/transforms.md). Undone from the last to the first of this list.</remarks>
[Flags]
public enum TransformId
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
}
