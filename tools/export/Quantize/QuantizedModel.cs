using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

/// <summary>All weights of the exact model.</summary>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Epsilon">Added under every root mean square.</param>
/// <param name="RopeTheta">Base of the rotary frequencies.</param>
/// <param name="Embedding">Token embedding and head: [hidden, vocabulary].</param>
/// <param name="Layers">The layers in order.</param>
/// <param name="FinalGain">Gain of the last norm.</param>
internal sealed record QuantizedModel(
    ModelShape Shape,
    double Epsilon,
    double RopeTheta,
    QuantizedMatrix Embedding,
    QuantizedLayer[] Layers,
    float[] FinalGain);
