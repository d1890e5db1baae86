namespace NacrithOnnx.Format;

/// <summary>How to treat bytes after an archive that are neither zero padding nor another archive.</summary>
public enum TrailingData
{
    /// <summary>Fail.</summary>
    Refuse,

    /// <summary>Ignore them, unless they look like the damaged start of another archive.</summary>
    Ignore,
}
