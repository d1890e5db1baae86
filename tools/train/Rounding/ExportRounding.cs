using NacrithOnnx.Export.Weights;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Train.Files;
using NacrithOnnx.Train.Model;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Rounding;

/// <summary>
/// Lets the training see what the exporter does: weights rounded to small integers per output channel after smoothing,
/// activations rounded per row. The trained weights stay 32-bit; the gradient at the rounded weights is used for them
/// (the straight-through estimator: Bengio, Léonard, Courville, arXiv 1308.3432).
/// </summary>
/// <remarks>Queries, cached keys and values, and attention weights are not rounded: they lose little.</remarks>
internal sealed class ExportRounding : IForwardRounding
{
    /// <summary>Steps between two choices of the scales: choosing takes seconds, and weights move slowly.</summary>
    private const int ScaleSteps = 16;

    private const string FileName = "rounding.safetensors";

    private readonly LayerFactors[] _factors;
    private readonly RoundedInputs _inputs;
    private readonly SortedDictionary<string, MatrixRounding> _matrices = new(StringComparer.Ordinal);

    private ExportRounding(LlamaWeights weights, LayerFactors[] factors)
    {
        _factors = factors;
        _inputs = new RoundedInputs(factors);
        var shape = weights.Shape;
        var downLimit = (int)Math.Min(
            ExactArithmetic.WideWeightLimit, int.MaxValue / (long)ExactArithmetic.WideLimit / shape.Intermediate);
        Add(LlamaTensors.Embedding, null, ExactArithmetic.NarrowWeightLimit);
        for (var layer = 0; layer < factors.Length; layer++)
        {
            foreach (var (part, input) in Parts)
            {
                Add(
                    LlamaTensors.Layer(layer, part), factors[layer].Of(input),
                    input == MatrixInput.Down ? downLimit : ExactArithmetic.NarrowWeightLimit);
            }
        }

        void Add(string name, float[]? factor, int limit) =>
            _matrices.Add(name, new MatrixRounding(weights[name], factor, limit));
    }

    /// <inheritdoc/>
    public IMatrixInputs Inputs => _inputs;

    private static IEnumerable<(string Part, MatrixInput Input)> Parts =>
    [
        (LlamaTensors.Query, MatrixInput.Qkv), (LlamaTensors.Key, MatrixInput.Qkv), (LlamaTensors.Value, MatrixInput.Qkv),
        (LlamaTensors.Output, MatrixInput.Output),
        (LlamaTensors.Gate, MatrixInput.GateUp), (LlamaTensors.Up, MatrixInput.GateUp),
        (LlamaTensors.Down, MatrixInput.Down),
    ];

    /// <summary>Measures the activations on texts and chooses factors and scales.</summary>
    public static ExportRounding Calibrate(LlamaWeights weights, LlamaModel model, IEnumerable<int[]> texts)
    {
        var maxima = new ActivationMaxima(weights.Shape);
        foreach (var text in texts)
        {
            using var scope = NewDisposeScope();
            using var inference = no_grad();
            _ = model.Hidden(tensor([.. text.Select(token => (long)token)]), maxima);
        }

        LayerFactors[] factors = [.. maxima.Statistics.Layers.Select((layer, i) => LayerFactors.From(weights, i, layer))];
        var rounding = new ExportRounding(weights, factors);
        rounding.ChooseScales();
        return rounding;
    }

    /// <summary>Whether a checkpoint has what <see cref="Load"/> reads.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads factors and scales from a checkpoint.</summary>
    /// <exception cref="Format.EnvironmentException">The file is broken.</exception>
    public static ExportRounding Load(LlamaWeights weights, string folder)
    {
        var file = SafetensorsFile.Read(Path.Combine(folder, FileName));
        LayerFactors[] factors = [.. Enumerable.Range(0, weights.Shape.Layers).Select(layer => new LayerFactors(
            file[FactorName(layer, MatrixInput.Qkv)], file[FactorName(layer, MatrixInput.Output)],
            file[FactorName(layer, MatrixInput.GateUp)], file[FactorName(layer, MatrixInput.Down)]))];
        var rounding = new ExportRounding(weights, factors);
        foreach (var (name, matrix) in rounding._matrices)
        {
            matrix.SetScales(file[name]);
        }

        return rounding;
    }

    /// <inheritdoc/>
    public void Begin(long step)
    {
        if (step % ScaleSteps == 0)
        {
            ChooseScales();
        }

        foreach (var matrix in _matrices.Values)
        {
            matrix.Round();
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        foreach (var matrix in _matrices.Values)
        {
            matrix.Restore();
        }
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        var values = _matrices.ToDictionary(matrix => matrix.Key, matrix => matrix.Value.Scales);
        for (var layer = 0; layer < _factors.Length; layer++)
        {
            foreach (var input in Parts.Select(part => part.Input).Distinct())
            {
                values.Add(FactorName(layer, input), _factors[layer].Of(input));
            }
        }

        SafetensorsFile.Write(
            Path.Combine(folder, FileName), WeightType.F32,
            [.. values.Select(value => (value.Key, new long[] { value.Value.Length }))], name => values[name]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        foreach (var matrix in _matrices.Values)
        {
            matrix.Dispose();
        }
    }

    private static string FactorName(int layer, MatrixInput input) =>
        FormattableString.Invariant($"factors.{layer}.{input}");

    private void ChooseScales()
    {
        foreach (var matrix in _matrices.Values)
        {
            matrix.ChooseScales();
        }
    }
}
