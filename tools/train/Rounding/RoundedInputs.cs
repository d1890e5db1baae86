using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Train.Model;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Rounding;

/// <summary>
/// Rounds activations as plan <c>fast</c> does: smoothed, each row to 8 bits, the inputs of the down projection to 14.
/// The gradient passes straight through.
/// </summary>
internal sealed class RoundedInputs : IMatrixInputs, IDisposable
{
    private readonly Dictionary<(int Layer, MatrixInput Input), Tensor> _factors = [];

    /// <summary>Prepares the factors.</summary>
    public RoundedInputs(IReadOnlyList<LayerFactors> layers)
    {
        for (var layer = 0; layer < layers.Count; layer++)
        {
            foreach (var input in Enum.GetValues<MatrixInput>().Where(input => input != MatrixInput.Head))
            {
                _factors.Add((layer, input), tensor(layers[layer].Of(input)));
            }
        }
    }

    /// <inheritdoc/>
    public Tensor Enter(int layer, MatrixInput input, Tensor rows)
    {
        var exact = rows.to(ScalarType.Float32);
        return exact + Error(layer, input, exact);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var factors in _factors.Values)
        {
            factors.Dispose();
        }
    }

    /// <summary>What rounding adds, outside the graph of gradients.</summary>
    private Tensor Error(int layer, MatrixInput input, Tensor rows)
    {
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        var limit = input == MatrixInput.Down ? ExactArithmetic.WideLimit : ExactArithmetic.NarrowLimit;
        var factors = _factors.GetValueOrDefault((layer, input));
        var smooth = factors is null ? rows : rows / factors;
        var scale = smooth.abs().amax([-1], keepdim: true).clamp_min_(ExactArithmetic.Tiny).div_(limit);
        var rounded = (smooth / scale).round_().mul_(scale);
        if (factors is not null)
        {
            rounded.mul_(factors);
        }

        return rounded.sub_(rows).MoveToOuterDisposeScope();
    }
}
