using NacrithOnnx.Export;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Rounding;

/// <summary>Rounds one matrix to the exporter's grid and back, in place.</summary>
internal sealed class MatrixRounding : IDisposable
{
    private readonly Parameter _matrix;
    private readonly Tensor? _factors;
    private readonly int _limit;
    private readonly Tensor _trained;
    private Tensor _scales;

    /// <summary>Prepares a matrix; <see cref="ChooseScales"/> or <see cref="SetScales"/> comes before the first rounding.</summary>
    /// <param name="matrix">[outputs, inputs].</param>
    /// <param name="factors">Smoothing factors [inputs], or null for none.</param>
    /// <param name="limit">Largest magnitude of an integer.</param>
    public MatrixRounding(Parameter matrix, float[]? factors, int limit)
    {
        _matrix = matrix;
        _factors = factors is null ? null : tensor(factors);
        _limit = limit;
        using var inference = no_grad();
        _trained = matrix.detach().clone();
        _scales = ones(matrix.shape[0], 1);
    }

    /// <summary>The scale of each output.</summary>
    public float[] Scales => _scales.data<float>().ToArray();

    /// <summary>Uses scales from a checkpoint.</summary>
    public void SetScales(float[] scales)
    {
        _scales.Dispose();
        _scales = tensor(scales, [scales.Length, 1]);
    }

    /// <summary>Chooses scales as the exporter does.</summary>
    public void ChooseScales()
    {
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        var smooth = _factors is null ? _matrix.detach() : _matrix.detach() * _factors;
        var quantized = MatrixQuantizer.Quantize(smooth.data<float>().ToArray(), (int)_matrix.shape[1], _limit);
        SetScales(quantized.Scales);
        _scales.MoveToOuterDisposeScope();
    }

    /// <summary>Keeps the trained values and puts rounded ones in their place.</summary>
    public void Round()
    {
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        _trained.copy_(_matrix);
        var rounded = _factors is null ? _matrix / _scales : (_matrix * _factors).div_(_scales);
        rounded.round_().clamp_(-_limit, _limit).mul_(_scales);
        if (_factors is not null)
        {
            rounded.div_(_factors);
        }

        _matrix.copy_(rounded);
    }

    /// <summary>Puts the trained values back.</summary>
    public void Restore()
    {
        using var inference = no_grad();
        _matrix.copy_(_trained);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factors?.Dispose();
        _trained.Dispose();
        _scales.Dispose();
    }
}
