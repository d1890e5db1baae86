namespace NacrithOnnx.Format;

/// <summary>The coder of a region.</summary>
public enum RegionKind : byte
{
    /// <summary>Coded by the language model, in the text payload.</summary>
    Text = 0,

    /// <summary>Coded by the byte model, in the bytes payload.</summary>
    Bytes = 1,

    /// <summary>Not coded: the stored section holds the bytes.</summary>
    Stored = 2,
}
