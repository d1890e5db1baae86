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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> DotAll(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights, ReadOnlySpan<int> starts) =>
        Vector256.IsHardwareAccelerated ? DotAllVector(inputs, weights, starts)
        : Vector128.IsHardwareAccelerated ? DotAllVector128(inputs, weights, starts)
        : DotAllScalar(inputs, weights, starts);

    /// <summary><see cref="Dot"/> of the results of all sets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DotSets(Vector128<int> inputs, Vector128<int> weights) =>
        Vector128.Sum((inputs * weights) >> ProductShift) >> SumShift;

    /// <summary><see cref="Train"/> for the results of all sets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> TrainSets(Vector128<int> inputs, Vector128<int> weights, int error)
    {
        var limit = Vector128.Create(WeightLimit);
        return Vector128.Max(Vector128.Min(AddRounded(weights, inputs * error), limit), -limit);
    }

    /// <summary>Adds <c>input · error</c> to every weight of <see cref="Sets"/> sets.</summary>
    /// <param name="inputs">As in <see cref="DotAll"/>.</param>
    /// <param name="weights">All weights, updated.</param>
    /// <param name="starts">Start of the weights of each set; the sets do not overlap.</param>
    /// <param name="errors">Error times learning rate of each set, in ±<see cref="ErrorLimit"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TrainAll(ReadOnlySpan<int> inputs, Span<int> weights, ReadOnlySpan<int> starts, ReadOnlySpan<int> errors)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            TrainAllVector(inputs, weights, starts, errors);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            TrainAllVector128(inputs, weights, starts, errors);
        }
        else
        {
            for (var set = 0; set < Sets; set++)
            {
                Train(inputs, weights.Slice(starts[set], inputs.Length), errors[set]);
            }
        }
    }

    /// <summary>Adds <c>input · error</c> to every weight of one set.</summary>
    /// <param name="inputs">As in <see cref="Dot"/>.</param>
    /// <param name="weights">The same number of weights, updated.</param>
    /// <param name="error">As in <see cref="TrainAll"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Train(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            var step = ((inputs[i] * error) + (1 << (StepShift - 1))) >> StepShift;
            weights[i] = Math.Clamp(weights[i] + step, -WeightLimit, WeightLimit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> DotAllScalar(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights, ReadOnlySpan<int> starts)
    {
        var sums = Vector128<int>.Zero;
        for (var set = 0; set < Sets; set++)
        {
            sums = sums.WithElement(set, Dot(inputs, weights.Slice(starts[set], inputs.Length)));
        }

        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> DotAllVector(ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights, ReadOnlySpan<int> starts)
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

        return Reduce(Halve(sum0), Halve(sum1), Halve(sum2), Halve(sum3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TrainAllVector(
        ReadOnlySpan<int> inputs, Span<int> weights, ReadOnlySpan<int> starts, ReadOnlySpan<int> errors)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var w0 = ref MemoryMarshal.GetReference(weights.Slice(starts[0], inputs.Length));
        ref var w1 = ref MemoryMarshal.GetReference(weights.Slice(starts[1], inputs.Length));
        ref var w2 = ref MemoryMarshal.GetReference(weights.Slice(starts[2], inputs.Length));
        ref var w3 = ref MemoryMarshal.GetReference(weights.Slice(starts[3], inputs.Length));
        var error0 = Vector256.Create(errors[0]);
        var error1 = Vector256.Create(errors[1]);
        var error2 = Vector256.Create(errors[2]);
        var error3 = Vector256.Create(errors[3]);
        for (nuint i = 0; i < (uint)inputs.Length; i += Lane)
        {
            var input = Vector256.LoadUnsafe(ref x, i);
            Step(input, error0, ref w0, i);
            Step(input, error1, ref w1, i);
            Step(input, error2, ref w2, i);
            Step(input, error3, ref w3, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Halve(Vector256<int> sum) => sum.GetLower() + sum.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(Vector256<int> input, Vector256<int> error, ref int weights, nuint i)
    {
        var step = ((input * error) + Vector256.Create(1 << (StepShift - 1))) >> StepShift;
        var weight = Vector256.LoadUnsafe(ref weights, i) + step;
        var limit = Vector256.Create(WeightLimit);
        Vector256.Max(Vector256.Min(weight, limit), -limit).StoreUnsafe(ref weights, i);
    }
}
