namespace NacrithOnnx.Export;

/// <summary>Inputs of a layer's four matrix products.</summary>
internal sealed record LayerStatistics(
    ActivationStatistics Qkv, ActivationStatistics Output, ActivationStatistics GateUp, ActivationStatistics Down);
