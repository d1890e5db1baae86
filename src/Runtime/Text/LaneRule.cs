namespace NacrithOnnx.Runtime.Text;

/// <summary>How many lanes the tokens of a frame are cut into: a function of their number alone.</summary>
/// <param name="MaxLanes">Most lanes decoded in lock step.</param>
/// <param name="LaneTokens">Tokens that make another lane worth its cold start.</param>
/// <param name="PrimerTokens">Tokens that may precede every lane; <see cref="PrimerTrial"/> decides whether they do.</param>
internal readonly record struct LaneRule(int MaxLanes, int LaneTokens, int PrimerTokens)
{
    /// <summary>
    /// Fewest lanes that a primer may precede: it is decoded alone, and each lane but the first wins some ten bytes.
    /// </summary>
    private const int PrimedLanes = 4;

    /// <summary>Lanes for a number of tokens, and the primer that may precede them.</summary>
    public LaneLayout Layout(int tokens)
    {
        var lanes = Math.Clamp(tokens / LaneTokens, 1, MaxLanes);
        return new(tokens, lanes, lanes >= PrimedLanes ? PrimerTokens : 0);
    }
}
