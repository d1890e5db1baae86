using static TorchSharp.torch;

namespace NacrithOnnx.Train.Model;

/// <summary>
/// Products of activations and weights, in 32 bits or with factors rounded to bfloat16. Sums are 32-bit in both, and so
/// are the weights and the gradients that are added up.
/// </summary>
/// <param name="factors">Type of the factors.</param>
internal sealed class MatrixProduct(ScalarType factors)
{
    /// <summary>Factors as they are.</summary>
    public static MatrixProduct Exact { get; } = new(ScalarType.Float32);

    /// <summary>Factors of 8 bits of precision: many times as fast where the processor multiplies them.</summary>
    public static MatrixProduct BFloat16 { get; } = new(ScalarType.BFloat16);

    /// <summary>rows · matrixᵀ.</summary>
    /// <param name="rows">[tokens, inputs].</param>
    /// <param name="matrix">[outputs, inputs].</param>
    /// <returns>[tokens, outputs], of the factors' type.</returns>
    public Tensor Of(Tensor rows, Tensor matrix) => matmul(Factor(rows), Factor(matrix).t());

    /// <summary>A factor of a product, rounded.</summary>
    public Tensor Factor(Tensor values) => values.to(factors);
}
