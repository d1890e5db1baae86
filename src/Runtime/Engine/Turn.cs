using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>The right to compute with an engine's model, until disposed.</summary>
internal readonly struct Turn(NacrithEngine engine) : IDisposable
{
    /// <summary>Codes text with the model. What it returns must not be used after the turn.</summary>
    /// <param name="plan">Plan of the model's arithmetic; a plan other than the last one takes a second to load.</param>
    /// <param name="window">Window of the model.</param>
    /// <param name="predictor">Settings of the predictor.</param>
    /// <exception cref="EnvironmentException">The model cannot be loaded.</exception>
    public TextSectionCodec TextCodec(ArithmeticPlan plan, WindowSettings window, PredictorSettings predictor) =>
        engine.TextCodec(plan, window, predictor);

    /// <summary>Whether text goes to the byte coder where that makes it smaller.</summary>
    public bool TriesCoders => engine.TriesCoders;

    public void Dispose() => engine.Leave();
}
