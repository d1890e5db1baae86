using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Export;

/// <summary>How large the inputs of one matrix product get, channel by channel.</summary>
internal sealed class ActivationStatistics(int channels)
{
    /// <summary>Largest magnitude so far [channels].</summary>
    public float[] Max { get; } = new float[channels];

    /// <summary>Adds rows of two-part activations as the model's kernels write them.</summary>
    /// <param name="parts">[2·rows, channels], high parts first.</param>
    /// <param name="scales">[rows].</param>
    public void Add(ReadOnlySpan<byte> parts, ReadOnlySpan<float> scales)
    {
        const int ZeroPoint = ExactArithmetic.WideZeroPoint;
        var width = Max.Length;
        for (var row = 0; row < scales.Length; row++)
        {
            var high = parts.Slice(row * width, width);
            var low = parts.Slice((scales.Length + row) * width, width);
            for (var i = 0; i < width; i++)
            {
                var q = ((high[i] - ZeroPoint) << ExactArithmetic.PartBits) + low[i] - ZeroPoint;
                Max[i] = Math.Max(Max[i], Math.Abs(q * scales[row]));
            }
        }
    }
}
