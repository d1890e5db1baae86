namespace NacrithOnnx.Format;

/// <summary>Which coder holds a region of the original.</summary>
public enum RegionKind : byte
{
    /// <summary>Coded by the language model, in the text payload.</summary>
    Text = 0,

    /// <summary>Coded by the byte model, in the bytes payload.</summary>
    Bytes = 1,

    /// <summary>Not coded: the bytes lie in the stored section.</summary>
    Stored = 2,
}
