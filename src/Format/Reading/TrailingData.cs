namespace NacrithOnnx.Format;

/// <summary>What to do with bytes behind an archive that are neither zero padding nor another archive.</summary>
public enum TrailingData
{
    /// <summary>They are an error.</summary>
    Refuse,

    /// <summary>They end the input, unless they look like the damaged beginning of another archive.</summary>
    Ignore,
}
