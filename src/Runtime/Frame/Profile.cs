using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>A complete set of parameters, with the number that identifies it in messages.</summary>
/// <param name="Number">The number, 1 to 14.</param>
/// <param name="Plan">Plan of the model's arithmetic.</param>
/// <param name="Window">The model's window; a model with fewer positions has a shorter one.</param>
/// <param name="Lanes">How tokens are split into lanes.</param>
/// <param name="Predictor">Settings of the predictor.</param>
/// <param name="Bytes">Settings of the byte coder.</param>
internal sealed record Profile(
    int Number, ArithmeticPlan Plan, WindowSettings Window, LaneRule Lanes, PredictorSettings Predictor,
    ByteCoderSettings Bytes);
