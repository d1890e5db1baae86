namespace NacrithOnnx.Runtime.Segment;

/// <summary>Which coder a region goes to. The numbers are format constants.</summary>
public enum RegionKind
{
    /// <summary>Kept as it is: already compressed, encrypted or random.</summary>
    Stored = 0,

    /// <summary>The byte coder.</summary>
    Bytes = 1,

    /// <summary>The language model.</summary>
    Text = 2,
}
