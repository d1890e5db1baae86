using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Operations of the kernels on one row of activations. The length of a row is a multiple of
/// <see cref="ExactArithmetic.RowMultiple"/>, so there are no tails.
/// </summary>
internal static class RowMath<TFloat, TInt>
    where TFloat : struct, IFloatLanes<TFloat, TInt>
    where TInt : struct, IIntLanes<TInt, TFloat>
{
    /// <summary>max |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AbsMax(ReadOnlySpan<float> row)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        var max = TFloat.Create(0);
        for (var i = 0; i < row.Length; i += TFloat.Count)
        {
            max = TFloat.Max(max, TFloat.Load(in source, i).Abs());
        }

        return max.MaxAcross();
    }

    /// <summary>Rounds to one part per element, plus the zero point; returns the scale of the row.</summary>
    public static float QuantizeNarrow(ReadOnlySpan<float> row, Span<byte> part)
    {
        var scale = RowScale.Of(AbsMax(row), ExactArithmetic.NarrowLimit);
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(part[..row.Length]);
        var inverse = TFloat.Create(scale.Inverse);
        var zeroPoint = TInt.Create(ExactArithmetic.NarrowZeroPoint);
        for (var i = 0; i < row.Length; i += TFloat.Count)
        {
            ((TFloat.Load(in source, i) * inverse).Round().ToInt32() + zeroPoint).StoreByte(ref target, i);
        }

        return scale.Scale;
    }

    /// <summary>
    /// Rounds to two parts per element, q = high·128 + low, each plus the zero point; returns the scale of the row.
    /// </summary>
    public static float QuantizeWide(ReadOnlySpan<float> row, Span<byte> high, Span<byte> low)
    {
        var scale = RowScale.Of(AbsMax(row), ExactArithmetic.WideLimit);
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var highTarget = ref MemoryMarshal.GetReference(high[..row.Length]);
        ref var lowTarget = ref MemoryMarshal.GetReference(low[..row.Length]);
        var inverse = TFloat.Create(scale.Inverse);
        var zeroPoint = TInt.Create(ExactArithmetic.WideZeroPoint);
        for (var i = 0; i < row.Length; i += TFloat.Count)
        {
            var shifted = (TFloat.Load(in source, i) * inverse).Round().ToInt32() + zeroPoint;
            var upper = shifted >> ExactArithmetic.PartBits;
            (upper + zeroPoint).StoreByte(ref highTarget, i);
            (shifted - (upper << ExactArithmetic.PartBits)).StoreByte(ref lowTarget, i);
        }

        return scale.Scale;
    }

    /// <summary>Rounds to signed bytes for the cache; returns the scale of the row.</summary>
    public static float QuantizeCache(ReadOnlySpan<float> row, Span<byte> target)
    {
        var scale = RowScale.Of(AbsMax(row), ExactArithmetic.CacheLimit);
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var bytes = ref MemoryMarshal.GetReference(target[..row.Length]);
        var inverse = TFloat.Create(scale.Inverse);
        for (var i = 0; i < row.Length; i += TFloat.Count)
        {
            (TFloat.Load(in source, i) * inverse).Round().ToInt32().StoreByte(ref bytes, i);
        }

        return scale.Scale;
    }

    /// <summary>Rounds to int16 of some magnitude; returns the scale of the row.</summary>
    public static float QuantizeInt16(ReadOnlySpan<float> row, float limit, Span<short> target)
    {
        var scale = RowScale.Of(AbsMax(row), limit);
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var words = ref MemoryMarshal.GetReference(target[..row.Length]);
        var inverse = TFloat.Create(scale.Inverse);
        for (var i = 0; i < row.Length; i += TFloat.Count)
        {
            (TFloat.Load(in source, i) * inverse).Round().ToInt32().StoreInt16(ref words, i);
        }

        return scale.Scale;
    }

    /// <summary>
    /// 1 / sqrt(mean x² + epsilon), from the exact sum of squares of the row rounded to
    /// <see cref="ExactArithmetic.NormLimit"/>.
    /// </summary>
    public static float InverseRms(ReadOnlySpan<float> row, double epsilon)
    {
        var scale = RowScale.Of(AbsMax(row), ExactArithmetic.NormLimit);
        ref var source = ref MemoryMarshal.GetReference(row);
        var inverse = TFloat.Create(scale.Inverse);
        long sum = 0;
        if (TFloat.Count == 1)
        {
            // A single lane would overflow int32 with the whole sum.
            for (var i = 0; i < row.Length; i++)
            {
                var q = (TFloat.Load(in source, i) * inverse).Round().ToInt32();
                sum += (q * q).SumAcross();
            }
        }
        else
        {
            var sums = TInt.Create(0);
            for (var i = 0; i < row.Length; i += TFloat.Count)
            {
                var q = (TFloat.Load(in source, i) * inverse).Round().ToInt32();
                sums += q * q;
            }

            sum = sums.SumAcross();
        }

        double unit = scale.Scale;
        var meanSquare = sum * (unit * unit) * (1.0 / row.Length);
        return (float)(1.0 / Math.Sqrt(meanSquare + epsilon));
    }

    /// <summary>
    /// Converts integer sums of a matrix product to floats: y = (sum · columnScale) · rowScale, with sum = high·128 +
    /// low for two parts (<paramref name="low"/> is empty for one).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Dequantize(
        ReadOnlySpan<int> high, ReadOnlySpan<int> low, ReadOnlySpan<float> columnScale, float rowScale, Span<float> target)
    {
        ref var sums = ref MemoryMarshal.GetReference(high[..target.Length]);
        ref var scales = ref MemoryMarshal.GetReference(columnScale[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        var scale = TFloat.Create(rowScale);
        if (low.IsEmpty)
        {
            for (var i = 0; i < target.Length; i += TFloat.Count)
            {
                (TInt.Load(in sums, i).ToFloat() * TFloat.Load(in scales, i) * scale).Store(ref result, i);
            }

            return;
        }

        ref var lowSums = ref MemoryMarshal.GetReference(low[..target.Length]);
        for (var i = 0; i < target.Length; i += TFloat.Count)
        {
            var sum = (TInt.Load(in sums, i) << ExactArithmetic.PartBits) + TInt.Load(in lowSums, i);
            (sum.ToFloat() * TFloat.Load(in scales, i) * scale).Store(ref result, i);
        }
    }

    /// <summary>target = x · gain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, Span<float> target)
    {
        ref var left = ref MemoryMarshal.GetReference(x[..target.Length]);
        ref var right = ref MemoryMarshal.GetReference(gain[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        for (var i = 0; i < target.Length; i += TFloat.Count)
        {
            (TFloat.Load(in left, i) * TFloat.Load(in right, i)).Store(ref result, i);
        }
    }

    /// <summary>target = x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> target)
    {
        ref var left = ref MemoryMarshal.GetReference(x[..target.Length]);
        ref var right = ref MemoryMarshal.GetReference(y[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        for (var i = 0; i < target.Length; i += TFloat.Count)
        {
            (TFloat.Load(in left, i) + TFloat.Load(in right, i)).Store(ref result, i);
        }
    }

    /// <summary>
    /// Rotary embedding of one head in Hugging Face's half layout: (a, b) becomes (a·cos − b·sin, b·cos + a·sin).
    /// </summary>
    public static void Rotate(Span<float> head, ReadOnlySpan<float> cos, ReadOnlySpan<float> sin)
    {
        var half = head.Length / 2;
        ref var values = ref MemoryMarshal.GetReference(head);
        ref var cosines = ref MemoryMarshal.GetReference(cos[..half]);
        ref var sines = ref MemoryMarshal.GetReference(sin[..half]);
        for (var i = 0; i < half; i += TFloat.Count)
        {
            var a = TFloat.Load(in values, i);
            var b = TFloat.Load(in values, half + i);
            var c = TFloat.Load(in cosines, i);
            var s = TFloat.Load(in sines, i);
            ((a * c) - (b * s)).Store(ref values, i);
            ((b * c) + (a * s)).Store(ref values, half + i);
        }
    }

    /// <summary>
    /// 2^x for x ≤ 0, by multiplication and addition alone; see <see cref="ExactArithmetic.Exp2C1"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloat Exp2(TFloat x)
    {
        var clamped = TFloat.Max(x, TFloat.Create(ExactArithmetic.Exp2Floor));
        var whole = clamped.Floor();
        var f = clamped - whole;
        var p = (TFloat.Create(ExactArithmetic.Exp2C4) * f) + TFloat.Create(ExactArithmetic.Exp2C3);
        p = (p * f) + TFloat.Create(ExactArithmetic.Exp2C2);
        p = (p * f) + TFloat.Create(ExactArithmetic.Exp2C1);
        p = (p * f) + TFloat.Create(1);
        return p * whole.PowerOfTwo();
    }

    /// <summary>target = silu(gate) · up, with silu(g) = g / (1 + exp(−g)) by exp(−|g|).</summary>
    public static void SwiGlu(ReadOnlySpan<float> gate, ReadOnlySpan<float> up, Span<float> target)
    {
        ref var gates = ref MemoryMarshal.GetReference(gate[..target.Length]);
        ref var ups = ref MemoryMarshal.GetReference(up[..target.Length]);
        ref var result = ref MemoryMarshal.GetReference(target);
        var one = TFloat.Create(1);
        var minusLog2E = TFloat.Create(-ExactArithmetic.Log2E);
        for (var i = 0; i < target.Length; i += TFloat.Count)
        {
            var g = TFloat.Load(in gates, i);
            var e = Exp2(g.Abs() * minusLog2E);
            var positive = one / (one + e);
            var sigmoid = g.SelectNonNegative(positive, e * positive);
            (g * sigmoid * TFloat.Load(in ups, i)).Store(ref result, i);
        }
    }
}
