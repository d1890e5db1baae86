namespace NacrithOnnx.Train.Training;

/// <summary>
/// Learning rate by tokens: warm-up, a constant rate for as long as there is time, and a linear decay at the end. Only the
/// end depends on how long the training is, so a run can be continued with more tokens than were planned
/// (Hu et al., MiniCPM, arXiv 2404.06395; Hägele et al., arXiv 2405.18392).
/// </summary>
/// <param name="Peak">The constant rate.</param>
/// <param name="WarmUp">Tokens of the warm-up.</param>
/// <param name="Tokens">Tokens of the whole training.</param>
/// <param name="Decay">Of them, those in which the rate falls to zero.</param>
internal sealed record RateSchedule(double Peak, long WarmUp, long Tokens, long Decay)
{
    /// <summary>The rate for a step in whose middle so many tokens have been learned.</summary>
    public double Rate(double tokens)
    {
        var rise = WarmUp > 0 ? tokens / WarmUp : 1;
        var fall = Decay > 0 ? (Tokens - tokens) / Decay : 1;
        return Peak * Math.Clamp(Math.Min(rise, fall), 0, 1);
    }
}
