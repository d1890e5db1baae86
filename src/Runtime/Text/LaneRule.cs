using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// How many lanes the tokens of a frame are split into, and the primer that may precede them. Both depend on the number of
/// tokens alone, so frames need not store them.
/// </summary>
/// <param name="MaxLanes">Most lanes decoded in lock step.</param>
/// <param name="LaneTokens">Tokens that make another lane worth its cold start.</param>
/// <param name="PrimerTokens">
/// Tokens that may precede every lane; <see cref="PrimerTrial"/> decides whether they do.
/// </param>
/// <param name="PrimedLanes">
/// Fewest lanes that a primer may precede: it is decoded alone, and saves about ten bytes in each lane but the first.
/// </param>
internal readonly record struct LaneRule(int MaxLanes, int LaneTokens, int PrimerTokens, int PrimedLanes)
{
    /// <summary>Largest number of lanes that a rule may have.</summary>
    public const int Most = 1024;

    /// <summary>Lanes for a number of tokens, without a primer.</summary>
    public LaneLayout Layout(int tokens) => new(tokens, Math.Clamp(tokens / LaneTokens, 1, MaxLanes), 0);

    /// <summary>Lanes for a number of tokens, with the primer that may precede them, if one may.</summary>
    public LaneLayout PrimedLayout(int tokens, WindowSettings window)
    {
        var layout = Layout(tokens);
        var mayPrime = tokens >= BodyRules.MinPrimableTokens && layout.Lanes >= PrimedLanes
            && PrimerTokens <= window.Context / 2 && PrimerTokens <= tokens;
        return mayPrime ? layout with { Primer = PrimerTokens } : layout;
    }
}
