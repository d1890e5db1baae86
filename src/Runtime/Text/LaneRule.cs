namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// Number of lanes that the tokens of a frame are split into: a function of the number of tokens alone.
/// </summary>
/// <param name="MaxLanes">Maximum number of lanes decoded in lock step.</param>
/// <param name="LaneTokens">Tokens that make another lane worth a cold start.</param>
/// <param name="PrimerTokens">Tokens that may precede every lane; <see cref="PrimerTrial"/> decides.</param>
internal readonly record struct LaneRule(int MaxLanes, int LaneTokens, int PrimerTokens)
{
    /// <summary>
    /// Minimum number of lanes for a primer: it is decoded alone, and saves about ten bytes per lane except the first.
    /// </summary>
    private const int PrimedLanes = 4;

    /// <summary>The lanes for a number of tokens, and the primer that may precede them.</summary>
    public LaneLayout Layout(int tokens)
    {
        var lanes = Math.Clamp(tokens / LaneTokens, 1, MaxLanes);
        return new(tokens, lanes, lanes >= PrimedLanes ? PrimerTokens : 0);
    }
}
