namespace NacrithOnnx.Format;

/// <summary>What the first bytes of an input look like.</summary>
public enum ArchiveForm
{
    /// <summary>There are too few bytes to tell.</summary>
    Undecided,

    /// <summary>They are not the first bytes of an archive.</summary>
    Foreign,

    /// <summary>A small archive: one frame, no header.</summary>
    Small,

    /// <summary>A large archive: a header, and frames.</summary>
    Large,
}
