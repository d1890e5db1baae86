namespace NacrithOnnx.Runtime.Kernels.Steps;

/// <summary>The stages of a layer, in order. A product is a stage, and so is everything between two.</summary>
internal enum StepStage
{
    Norm,
    Qkv,

    /// <summary>Empty in single steps, where it is a part of attention.</summary>
    KeyValue,
    Attention,
    Quantize,
    Output,
    FeedForwardNorm,
    GateUp,
    SwiGlu,
    Down,
}
