namespace NacrithOnnx.Format;

/// <summary>What came of reading one MessagePack value.</summary>
internal enum MessagePackResult
{
    /// <summary>The value was read and the reader moved past it.</summary>
    Success,

    /// <summary>The bytes end before the value does, or a length says more than is left.</summary>
    EndOfBuffer,

    /// <summary>The value has another type, or one outside the subset.</summary>
    WrongType,

    /// <summary>The value is not written in its shortest form.</summary>
    NotCanonical,

    /// <summary>The number does not fit 64 signed bits.</summary>
    OutOfRange,

    /// <summary>Values are nested deeper than allowed.</summary>
    TooDeep,
}
