namespace NacrithOnnx.Export;

/// <summary>How large the inputs of one matrix product get, channel by channel.</summary>
internal sealed class ActivationStatistics(int channels)
{
    private readonly double[] _squares = new double[channels];
    private long _rows;

    /// <summary>Largest magnitude seen [channels].</summary>
    public float[] Max { get; } = new float[channels];

    /// <summary>Mean square [channels].</summary>
    public float[] MeanSquare => Array.ConvertAll(_squares, sum => (float)(sum / _rows));

    /// <summary>Adds rows of two-part activations as the model's kernels write them.</summary>
    /// <param name="parts">[2·rows, channels], high parts first.</param>
    /// <param name="scales">[rows].</param>
    public void Add(ReadOnlySpan<byte> parts, ReadOnlySpan<float> scales)
    {
        const int ZeroPoint = Runtime.Kernels.ExactArithmetic.WideZeroPoint;
        const int Bits = Runtime.Kernels.ExactArithmetic.PartBits;
        var channels = Max.Length;
        for (var row = 0; row < scales.Length; row++)
        {
            var high = parts.Slice(row * channels, channels);
            var low = parts.Slice((scales.Length + row) * channels, channels);
            for (var i = 0; i < channels; i++)
            {
                var x = (((high[i] - ZeroPoint) << Bits) + low[i] - ZeroPoint) * scales[row];
                Max[i] = Math.Max(Max[i], Math.Abs(x));
                _squares[i] += (double)x * x;
            }
        }

        _rows += scales.Length;
    }
}
