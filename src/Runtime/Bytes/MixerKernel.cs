using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// The two inner loops of a logistic mixer, on 32-bit integers: the weighted sum, and a step of gradient descent.
/// </summary>
/// <remarks>
/// Products are shifted before they are summed, so nothing can overflow, and the sum of integers is the same in any
/// order: the vector paths equal the scalar path bit for bit.
/// </remarks>
internal static partial class MixerKernel
{
    /// <summary>Lengths are padded to a multiple of this many inputs, one 256-bit vector.</summary>
    public const int Lane = 8;

    /// <summary>A weight of one.</summary>
    public const int WeightOne = 1 << 16;

    /// <summary>Weights stay in ±8: with inputs inside ±12 (±3071) a product stays below 2^31.</summary>
    public const int WeightLimit = (8 * WeightOne) - 1;

    /// <summary>
    /// Bits dropped from each product before summing; together with <see cref="SumShift"/>, those of a weight of one.
    /// </summary>
    private const int ProductShift = 10;

    private const int SumShift = 6;

    private const int StepShift = 14;

    /// <summary>Errors stay below this, so that an error times an input fits in 32 bits.</summary>
    public const int ErrorLimit = 1 << 18;

    /// <summary>Weight sets per <see cref="DotAll"/>: their sums are computed in parallel.</summary>
    public const int Sets = 4;

    /// <summary>Weighted sum of inputs in log-odds, not clamped.</summary>
    /// <param name="inputs">Log-odds in ±<see cref="Logistic.Limit"/>.</param>
    /// <param name="weights">The same number of weights.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights)
    {
        weights = weights[..inputs.Length];
        var sum = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            sum += (inputs[i] * weights[i]) >> ProductShift;
        }

        return sum >> SumShift;
    }

    /// <summary><see cref="Dot"/> of the same inputs with <see cref="Sets"/> sets of weights.</summary>
    /// <param name="inputs">As in <see cref="Dot"/>; the length is a multiple of <see cref="Lane"/>.</param>
    /// <param name="weights">All weights.</param>
    /// <param name="starts">Start of the weights of each set.</param>
    /// <param name="sums">Receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void DotAll(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights, ReadOnlySpan<int> starts, Span<int> sums)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            DotAllVector(inputs, weights, starts, sums);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            DotAllVector128(inputs, weights, starts, sums);
        }
        else
        {
            for (var set = 0; set < Sets; set++)
            {
                sums[set] = Dot(inputs, weights.Slice(starts[set], inputs.Length));
            }
        }
    }

    /// <summary>Adds <c>input · error</c> to every weight.</summary>
    /// <param name="inputs">As in <see cref="DotAll"/>.</param>
    /// <param name="weights">The same number of weights, updated.</param>
    /// <param name="error">Error times learning rate, in ±<see cref="ErrorLimit"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Train(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            TrainVector(inputs, weights, error);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            TrainVector128(inputs, weights, error);
        }
        else
        {
            TrainScalar(inputs, weights, error);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void DotAllVector(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights, ReadOnlySpan<int> starts, Span<int> sums)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var w0 = ref MemoryMarshal.GetReference(weights.Slice(starts[0], inputs.Length));
        ref var w1 = ref MemoryMarshal.GetReference(weights.Slice(starts[1], inputs.Length));
        ref var w2 = ref MemoryMarshal.GetReference(weights.Slice(starts[2], inputs.Length));
        ref var w3 = ref MemoryMarshal.GetReference(weights.Slice(starts[3], inputs.Length));
        var sum0 = Vector256<int>.Zero;
        var sum1 = Vector256<int>.Zero;
        var sum2 = Vector256<int>.Zero;
        var sum3 = Vector256<int>.Zero;
        for (nuint i = 0; i < (uint)inputs.Length; i += Lane)
        {
            var input = Vector256.LoadUnsafe(ref x, i);
            sum0 += (input * Vector256.LoadUnsafe(ref w0, i)) >> ProductShift;
            sum1 += (input * Vector256.LoadUnsafe(ref w1, i)) >> ProductShift;
            sum2 += (input * Vector256.LoadUnsafe(ref w2, i)) >> ProductShift;
            sum3 += (input * Vector256.LoadUnsafe(ref w3, i)) >> ProductShift;
        }

        sums[3] = Vector256.Sum(sum3) >> SumShift;
        sums[2] = Vector256.Sum(sum2) >> SumShift;
        sums[1] = Vector256.Sum(sum1) >> SumShift;
        sums[0] = Vector256.Sum(sum0) >> SumShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TrainScalar(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            var step = ((inputs[i] * error) + (1 << (StepShift - 1))) >> StepShift;
            weights[i] = Math.Clamp(weights[i] + step, -WeightLimit, WeightLimit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TrainVector(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var w = ref MemoryMarshal.GetReference(weights[..inputs.Length]);
        var half = Vector256.Create(1 << (StepShift - 1));
        var limit = Vector256.Create(WeightLimit);
        for (nuint i = 0; i < (uint)inputs.Length; i += Lane)
        {
            var step = ((Vector256.LoadUnsafe(ref x, i) * error) + half) >> StepShift;
            var weight = Vector256.LoadUnsafe(ref w, i) + step;
            Vector256.Max(Vector256.Min(weight, limit), -limit).StoreUnsafe(ref w, i);
        }
    }
}
