namespace NacrithOnnx.Export;

/// <summary>
/// Which matrix products take their activations in two parts (14 bits) instead of one (8 bits). Two parts cost twice
/// the matrix time.
/// </summary>
/// <param name="Id">Appended to the arithmetic's id in the manifest.</param>
/// <param name="Qkv">Queries, keys and values.</param>
/// <param name="Output">Attention's output.</param>
/// <param name="GateUp">Gate and up projections of the feed-forward layer.</param>
/// <param name="Down">Down projection of the feed-forward layer.</param>
/// <param name="Head">The logits.</param>
internal sealed record PartsPlan(string Id, bool Qkv, bool Output, bool GateUp, bool Down, bool Head)
{
    /// <summary>One part, except for the output of the feed-forward activation, which has outliers.</summary>
    public static PartsPlan Fast { get; } = new("fast", false, false, false, true, false);

    /// <summary>Two parts everywhere.</summary>
    public static PartsPlan Precise { get; } = new("precise", true, true, true, true, true);
}
