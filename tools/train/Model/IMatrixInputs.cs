using static TorchSharp.torch;

namespace NacrithOnnx.Train.Model;

/// <summary>Sees, and may change, the activations that enter the matrix products.</summary>
internal interface IMatrixInputs
{
    /// <summary>What enters the product instead.</summary>
    /// <param name="layer">Layer, from 0.</param>
    /// <param name="input">Which products.</param>
    /// <param name="rows">[tokens, channels], of the type of the products' factors or 32-bit.</param>
    Tensor Enter(int layer, MatrixInput input, Tensor rows);
}
