using NacrithOnnx.Runtime.Kernels.Simd;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Where a kernel writes quantised activations for the next matrix product: bytes in one part or two, or int16.</summary>
internal readonly unsafe struct Parts
{
    /// <summary>Unsigned bytes [parts·rows, columns]; with two parts the high rows come first.</summary>
    public required byte* Bytes { get; init; }

    /// <summary>int16 [rows, columns] that are written instead of bytes; null for bytes.</summary>
    public short* Whole { get; init; }

    /// <summary>Scale of each row [rows].</summary>
    public required float* Scale { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required bool Wide { get; init; }

    /// <param name="row">The row to write.</param>
    /// <param name="values">Its floats [columns].</param>
    /// <param name="factor">Factor applied to the scale.</param>
    public void Quantize<TFloat, TInt>(int row, ReadOnlySpan<float> values, float factor)
        where TFloat : struct, IFloatLanes<TFloat, TInt>
        where TInt : struct, IIntLanes<TInt, TFloat> => Scale[row] = Quantize<TFloat, TInt>(row, values) * factor;

    /// <summary>Writes a row and returns its scale.</summary>
    public float Quantize<TFloat, TInt>(int row, ReadOnlySpan<float> values)
        where TFloat : struct, IFloatLanes<TFloat, TInt>
        where TInt : struct, IIntLanes<TInt, TFloat>
    {
        if (Whole != null)
        {
            var limit = Wide ? ExactArithmetic.WideLimit : ExactArithmetic.NarrowLimit;
            return RowMath<TFloat, TInt>.QuantizeInt16(values, limit, new Span<short>(Whole + ((long)row * Columns), Columns));
        }

        var high = new Span<byte>(Bytes + ((long)row * Columns), Columns);
        return Wide
            ? RowMath<TFloat, TInt>.QuantizeWide(values, high, new Span<byte>(Bytes + ((long)(Rows + row) * Columns), Columns))
            : RowMath<TFloat, TInt>.QuantizeNarrow(values, high);
    }

    /// <summary>The integer that stands for an activation.</summary>
    public int Value(int row, int column)
    {
        var index = ((nint)row * Columns) + column;
        if (Whole != null)
        {
            return Whole[index];
        }

        return Wide
            ? ((Bytes[index] - ExactArithmetic.WideZeroPoint) << ExactArithmetic.PartBits)
                + Bytes[index + ((nint)Rows * Columns)] - ExactArithmetic.WideZeroPoint
            : Bytes[index] - ExactArithmetic.NarrowZeroPoint;
    }
}
