using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Engine;

/// <summary>Everything that decides how text is coded, besides the model folder.</summary>
/// <param name="Plan">Plan of the model's arithmetic; a plan other than the last one takes a second to load.</param>
/// <param name="Window">Window of the model, limited to the positions of the model.</param>
/// <param name="Predictor">Settings of the predictor.</param>
internal sealed record TextCodecKey(ArithmeticPlan Plan, WindowSettings Window, PredictorSettings Predictor);
