using static TorchSharp.torch;

namespace NacrithOnnx.Train.Model;

/// <summary>Rotary positions on half-split heads: (a, b) becomes (a·cos − b·sin, b·cos + a·sin).</summary>
internal sealed class Rotation : IDisposable
{
    private readonly Tensor _cosines;
    private readonly Tensor _sines;
    private readonly int _half;

    /// <summary>Prepares the tables.</summary>
    /// <param name="positions">Longest context.</param>
    /// <param name="headSize">Width of a head.</param>
    /// <param name="theta">Base of the frequencies.</param>
    public Rotation(int positions, int headSize, double theta)
    {
        using var scope = NewDisposeScope();
        _half = headSize / 2;
        var frequencies = arange(0, _half, dtype: ScalarType.Float64).mul(-2.0 / headSize * Math.Log(theta)).exp();
        var angles = outer(arange(0, positions, dtype: ScalarType.Float64), frequencies);
        var both = cat([angles, angles], 1);
        _cosines = both.cos().to(ScalarType.Float32).MoveToOuterDisposeScope();
        _sines = both.sin().to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Turns heads at the positions from 0 on.</summary>
    /// <param name="heads">[heads, tokens, head size].</param>
    public Tensor Apply(Tensor heads)
    {
        var count = heads.shape[^2];
        var turned = cat([heads.narrow(-1, _half, _half).neg(), heads.narrow(-1, 0, _half)], -1);
        return (heads * _cosines.narrow(0, 0, count)) + (turned * _sines.narrow(0, 0, count));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cosines.Dispose();
        _sines.Dispose();
    }
}
