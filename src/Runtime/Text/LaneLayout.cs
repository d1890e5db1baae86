namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// How the tokens of a frame are divided into lanes: first the primer, then lanes whose lengths differ by at most one,
/// the longer ones first.
/// </summary>
/// <param name="Count">Number of tokens.</param>
/// <param name="Lanes">Number of lanes, coded in lock step.</param>
/// <param name="Primer">Number of tokens before the lanes.</param>
internal readonly record struct LaneLayout(int Count, int Lanes, int Primer)
{
    /// <summary>Number of steps: the length of the longest lane.</summary>
    public int Steps => (Count - Primer + Lanes - 1) / Lanes;

    public int Length(int lane) => ((Count - Primer) / Lanes) + (lane < (Count - Primer) % Lanes ? 1 : 0);

    /// <summary>Index of a lane's first token.</summary>
    public int Start(int lane) =>
        Primer + (lane * ((Count - Primer) / Lanes)) + Math.Min(lane, (Count - Primer) % Lanes);
}
