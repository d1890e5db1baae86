namespace NacrithOnnx.Runtime.Code;

/// <summary>How a coded payload ends. Both sides must agree.</summary>
internal enum RangeEnding
{
    /// <summary>With one byte after the settled ones; a payload that is cut or too long is noticed. In archives.</summary>
    OneByte,

    /// <summary>As short as decodes to the symbols, without zeros at its end; cuts may go unnoticed. In messages.</summary>
    Shortest,
}
