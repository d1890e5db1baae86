using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>A complete set of parameters: everything that decides how a body is decoded and is not in it.</summary>
/// <param name="Number">
/// The number that stands for the set in archives and messages; 0 if it has none and an archive writes it out.
/// </param>
/// <param name="Plan">Plan of the model's arithmetic.</param>
/// <param name="Window">The model's window; a model with fewer positions has a shorter one.</param>
/// <param name="Lanes">How tokens are split into lanes.</param>
/// <param name="Predictor">Settings of the predictor.</param>
/// <param name="Bytes">Settings of the byte coder.</param>
internal sealed record Profile(
    int Number, ArithmeticPlan Plan, WindowSettings Window, LaneRule Lanes, PredictorSettings Predictor,
    ByteCoderSettings Bytes)
{
    /// <summary>
    /// Bytes of the tables whose size is a parameter: contexts of all orders and histories of the byte coder.
    /// </summary>
    public long TableLength => Predictor.TableLength + (1L << Bytes.MemoryBits);

    /// <summary>How an engine codes text with this profile.</summary>
    public TextCodecKey TextKey => new(Plan, Window, Predictor);
}
