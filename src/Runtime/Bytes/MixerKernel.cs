using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>The two inner loops of a logistic mixer, on 32-bit integers: weighted sum, and a step down the gradient.</summary>
/// <remarks>Products are shifted before they are summed, so nothing can overflow and the sum of integers is the same in
/// any order: the vector path equals the scalar one bit for bit.</remarks>
internal static class MixerKernel
{
    /// <summary>Lengths are padded to a multiple of this many inputs, one 256-bit vector.</summary>
    public const int Lane = 8;

    /// <summary>A weight of one.</summary>
    public const int WeightOne = 1 << 16;

    /// <summary>Weights stay in ±8: with inputs inside ±12 (±3071) a product stays below 2^31.</summary>
    public const int WeightLimit = (8 * WeightOne) - 1;

    /// <summary>Bits dropped from each product before summing; with those of <see cref="SumShift"/> they make a weight of one.</summary>
    private const int ProductShift = 10;

    private const int SumShift = 6;

    private const int StepShift = 14;

    /// <summary>Weighted sum of inputs in log-odds, not clamped.</summary>
    /// <param name="inputs">Log-odds in ±<see cref="Logistic.Limit"/>; the length is a multiple of <see cref="Lane"/>.</param>
    /// <param name="weights">As many weights.</param>
    public static int Dot(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights) => Vector256.IsHardwareAccelerated
        ? DotVector(inputs, weights)
        : DotScalar(inputs, weights);

    /// <summary>Adds <c>input · error</c> to every weight.</summary>
    /// <param name="inputs">As in <see cref="Dot"/>.</param>
    /// <param name="weights">As many weights, changed.</param>
    /// <param name="error">Error times learning rate, in ±2^18.</param>
    public static void Train(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            TrainVector(inputs, weights, error);
        }
        else
        {
            TrainScalar(inputs, weights, error);
        }
    }

    internal static int DotScalar(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights)
    {
        int sum = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            sum += (inputs[i] * weights[i]) >> ProductShift;
        }

        return sum >> SumShift;
    }

    internal static int DotVector(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights)
    {
        var x = MemoryMarshal.Cast<int, Vector256<int>>(inputs);
        var w = MemoryMarshal.Cast<int, Vector256<int>>(weights)[..x.Length];
        var sum = Vector256<int>.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (x[i] * w[i]) >> ProductShift;
        }

        return Vector256.Sum(sum) >> SumShift;
    }

    internal static void TrainScalar(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            int step = ((inputs[i] * error) + (1 << (StepShift - 1))) >> StepShift;
            weights[i] = Math.Clamp(weights[i] + step, -WeightLimit, WeightLimit);
        }
    }

    internal static void TrainVector(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        var x = MemoryMarshal.Cast<int, Vector256<int>>(inputs);
        var w = MemoryMarshal.Cast<int, Vector256<int>>(weights)[..x.Length];
        var e = Vector256.Create(error);
        var half = Vector256.Create(1 << (StepShift - 1));
        var limit = Vector256.Create(WeightLimit);
        for (int i = 0; i < x.Length; i++)
        {
            var step = ((x[i] * e) + half) >> StepShift;
            w[i] = Vector256.Max(Vector256.Min(w[i] + step, limit), -limit);
        }
    }
}
