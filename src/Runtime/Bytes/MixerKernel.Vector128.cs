using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// The loops on four integers at a time: ARM64, where shift and addition are one instruction, and x86 without AVX2.
/// </summary>
internal static partial class MixerKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> DotAllVector128(
        ReadOnlySpan<int> inputs, ReadOnlySpan<int> weights, ReadOnlySpan<int> starts)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var w0 = ref MemoryMarshal.GetReference(weights.Slice(starts[0], inputs.Length));
        ref var w1 = ref MemoryMarshal.GetReference(weights.Slice(starts[1], inputs.Length));
        ref var w2 = ref MemoryMarshal.GetReference(weights.Slice(starts[2], inputs.Length));
        ref var w3 = ref MemoryMarshal.GetReference(weights.Slice(starts[3], inputs.Length));
        var sum0 = Vector128<int>.Zero;
        var sum1 = Vector128<int>.Zero;
        var sum2 = Vector128<int>.Zero;
        var sum3 = Vector128<int>.Zero;
        for (nuint i = 0; i < (uint)inputs.Length; i += (uint)Vector128<int>.Count)
        {
            var input = Vector128.LoadUnsafe(ref x, i);
            sum0 = AddShifted(sum0, input * Vector128.LoadUnsafe(ref w0, i));
            sum1 = AddShifted(sum1, input * Vector128.LoadUnsafe(ref w1, i));
            sum2 = AddShifted(sum2, input * Vector128.LoadUnsafe(ref w2, i));
            sum3 = AddShifted(sum3, input * Vector128.LoadUnsafe(ref w3, i));
        }

        return Reduce(sum0, sum1, sum2, sum3);
    }

    internal static void TrainAllVector128(
        ReadOnlySpan<int> inputs, Span<int> weights, ReadOnlySpan<int> starts, ReadOnlySpan<int> errors)
    {
        for (var set = 0; set < Sets; set++)
        {
            TrainVector128(inputs, weights.Slice(starts[set], inputs.Length), errors[set]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TrainVector128(ReadOnlySpan<int> inputs, Span<int> weights, int error)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var w = ref MemoryMarshal.GetReference(weights[..inputs.Length]);
        for (nuint i = 0; i < (uint)inputs.Length; i += (uint)Vector128<int>.Count)
        {
            TrainSets(Vector128.LoadUnsafe(ref x, i), Vector128.LoadUnsafe(ref w, i), error).StoreUnsafe(ref w, i);
        }
    }

    /// <summary>The results of four sets from their sums of four numbers each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Reduce(Vector128<int> sum0, Vector128<int> sum1, Vector128<int> sum2, Vector128<int> sum3) =>
        Vector128.Create(Vector128.Sum(sum0), Vector128.Sum(sum1), Vector128.Sum(sum2), Vector128.Sum(sum3)) >> SumShift;

    /// <summary>SSRA.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> AddShifted(Vector128<int> sum, Vector128<int> product) => AdvSimd.IsSupported
        ? AdvSimd.ShiftRightArithmeticAdd(sum, product, ProductShift)
        : sum + (product >> ProductShift);

    /// <summary>SRSRA: adds half before it shifts, in more than 32 bits; here the sum never needs them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> AddRounded(Vector128<int> sum, Vector128<int> product) => AdvSimd.IsSupported
        ? AdvSimd.ShiftRightArithmeticRoundedAdd(sum, product, StepShift)
        : sum + ((product + Vector128.Create(1 << (StepShift - 1))) >> StepShift);
}
