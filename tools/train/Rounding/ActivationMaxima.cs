using NacrithOnnx.Export;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Train.Model;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Rounding;

/// <summary>Records the largest magnitude of each input channel, as the exporter's calibration does.</summary>
internal sealed class ActivationMaxima(ModelShape shape) : IMatrixInputs
{
    private readonly LayerStatistics[] _layers = [.. Enumerable.Range(0, shape.Layers).Select(_ => new LayerStatistics(
        new ActivationStatistics(shape.Hidden),
        new ActivationStatistics(shape.Heads * shape.HeadDimension),
        new ActivationStatistics(shape.Hidden),
        new ActivationStatistics(shape.Intermediate)))];

    /// <summary>What was seen.</summary>
    public ModelStatistics Statistics => new(_layers);

    /// <inheritdoc/>
    public Tensor Enter(int layer, MatrixInput input, Tensor rows)
    {
        if (input != MatrixInput.Head)
        {
            using var scope = NewDisposeScope();
            var seen = rows.abs().amax([0]).to(ScalarType.Float32).data<float>();
            var maxima = Of(_layers[layer], input).Max;
            for (var i = 0; i < maxima.Length; i++)
            {
                maxima[i] = Math.Max(maxima[i], seen[i]);
            }
        }

        return rows;
    }

    private static ActivationStatistics Of(LayerStatistics layer, MatrixInput input) => input switch
    {
        MatrixInput.Qkv => layer.Qkv,
        MatrixInput.Output => layer.Output,
        MatrixInput.GateUp => layer.GateUp,
        MatrixInput.Down => layer.Down,
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "no statistics are kept"),
    };
}
