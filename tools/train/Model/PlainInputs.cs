using static TorchSharp.torch;

namespace NacrithOnnx.Train.Model;

/// <summary>Leaves all activations as they are.</summary>
internal sealed class PlainInputs : IMatrixInputs
{
    /// <inheritdoc/>
    public Tensor Enter(int layer, MatrixInput input, Tensor rows) => rows;
}
