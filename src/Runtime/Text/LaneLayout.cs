namespace NacrithOnnx.Runtime.Text;

/// <summary>
/// How the tokens of a frame fall to lanes: first the primer, then lanes of lengths that differ by one at most,
/// the longer ones first.
/// </summary>
/// <param name="Count">Tokens in all.</param>
/// <param name="Lanes">Lanes in lock step.</param>
/// <param name="Primer">Tokens before the lanes begin.</param>
internal readonly record struct LaneLayout(int Count, int Lanes, int Primer)
{
    /// <summary>Steps of the lock step: the length of the longest lane.</summary>
    public int Steps => (Count - Primer + Lanes - 1) / Lanes;

    public int Length(int lane) => ((Count - Primer) / Lanes) + (lane < (Count - Primer) % Lanes ? 1 : 0);

    /// <summary>Index of a lane's first token.</summary>
    public int Start(int lane) =>
        Primer + (lane * ((Count - Primer) / Lanes)) + Math.Min(lane, (Count - Primer) % Lanes);
}
