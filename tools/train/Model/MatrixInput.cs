namespace NacrithOnnx.Train.Model;

/// <summary>Places where activations enter a matrix product, which is where the exporter's model rounds them.</summary>
internal enum MatrixInput
{
    /// <summary>Queries, keys and values.</summary>
    Qkv,

    /// <summary>Output of the attention.</summary>
    Output,

    /// <summary>Gate and up of the MLP.</summary>
    GateUp,

    /// <summary>Down of the MLP.</summary>
    Down,

    /// <summary>The logits; in the layer after the last.</summary>
    Head,
}
