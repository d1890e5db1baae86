using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>Exclusive use of an engine's model, until disposed.</summary>
internal readonly struct Turn(NacrithEngine engine) : IDisposable
{
    /// <summary>Returns a codec for text. It must not be used after the turn.</summary>
    /// <param name="plan">
    /// Plan of the model's arithmetic; a plan other than the last one takes about a second to load.
    /// </param>
    /// <param name="window">Window of the model.</param>
    /// <param name="predictor">Settings of the predictor.</param>
    /// <exception cref="EnvironmentException">The model cannot be loaded.</exception>
    public TextSectionCodec TextCodec(ArithmeticPlan plan, WindowSettings window, PredictorSettings predictor) =>
        engine.TextCodec(plan, window, predictor);

    /// <summary>Whether the byte coder codes text that it makes smaller.</summary>
    public bool TriesCoders => engine.TriesCoders;

    public void Dispose() => engine.Leave();
}
