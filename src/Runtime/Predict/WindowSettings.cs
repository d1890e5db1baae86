namespace NacrithOnnx.Runtime.Predict;

/// <summary>Length of the window through which the model sees a lane.</summary>
/// <param name="Context">Positions of a full window, the start token counted.</param>
/// <param name="Keep">Tokens that a rebuilt window begins with, below <paramref name="Context"/>.</param>
internal readonly record struct WindowSettings(int Context, int Keep)
{
    /// <summary>The same window, or as much of it as a model has positions.</summary>
    /// <param name="positions">Longest context of the model, at least 2.</param>
    public WindowSettings Within(int positions) =>
        Context <= positions ? this : new WindowSettings(positions, Math.Min(Keep, positions / 2));
}
