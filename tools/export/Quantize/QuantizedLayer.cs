namespace NacrithOnnx.Export;

/// <summary>One transformer layer of the exact model.</summary>
internal sealed record QuantizedLayer(
    float[] InputGain,
    QuantizedMatrix Qkv,
    QuantizedMatrix Output,
    float[] FeedForwardGain,
    QuantizedMatrix GateUp,
    QuantizedMatrix Down);
