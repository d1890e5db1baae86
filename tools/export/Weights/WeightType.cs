namespace NacrithOnnx.Export.Weights;

/// <summary>How values are stored in a weight file.</summary>
internal enum WeightType
{
    /// <summary>IEEE single.</summary>
    F32,

    /// <summary>IEEE half.</summary>
    F16,

    /// <summary>The upper half of an IEEE single.</summary>
    BF16,

    /// <summary>Blocks of 32: a half scale, then 8-bit signed integers.</summary>
    Q8_0,

    /// <summary>Blocks of 32: a half scale, then 4-bit integers above −8.</summary>
    Q4_0,

    /// <summary>Blocks of 32: a half scale, a half minimum, then 4-bit integers from 0.</summary>
    Q4_1,
}
