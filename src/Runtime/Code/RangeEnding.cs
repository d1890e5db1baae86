namespace NacrithOnnx.Runtime.Code;

/// <summary>How a coded payload ends. Encoder and decoder must use the same ending.</summary>
internal enum RangeEnding
{
    /// <summary>One byte after the final ones. A truncated or too long payload is detected. Used in archives.</summary>
    OneByte,

    /// <summary>
    /// The shortest that decodes, without trailing zeros. Truncation may go undetected. Used in messages.
    /// </summary>
    Shortest,
}
