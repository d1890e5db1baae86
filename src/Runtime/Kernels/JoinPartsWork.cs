using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// First step of a whole product: joins two unsigned parts of each activation into one int16, (high − 64)·128 + (low −
/// 64), padded with a zero to whole pairs.
/// </summary>
internal unsafe struct JoinPartsWork : IWork
{
    private const int ZeroPoint = ExactArithmetic.WideZeroPoint;

    /// <summary>Both zero points at once: high·128 + low − 64·129.</summary>
    private const short Offset = (ZeroPoint << ExactArithmetic.PartBits) + ZeroPoint;

    /// <summary>Parts [2·rows, columns], the high rows first.</summary>
    public byte* Parts;
    public int Rows;
    public int Columns;

    /// <summary>Receives [rows, stride].</summary>
    public short* Joined;

    /// <summary>Columns, rounded up to an even number.</summary>
    public int Stride;

    public readonly void Run(int item)
    {
        var target = Joined + ((long)item * Stride);
        var high = Parts + ((long)item * Columns);
        var low = Parts + ((long)(Rows + item) * Columns);
        var column = 0;
        for (; column <= Columns - Vector128<byte>.Count; column += Vector128<byte>.Count)
        {
            var (highs, nextHighs) = Vector128.Widen(Vector128.Load(high + column));
            var (lows, nextLows) = Vector128.Widen(Vector128.Load(low + column));
            Join(highs, lows).Store(target + column);
            Join(nextHighs, nextLows).Store(target + column + Vector128<short>.Count);
        }

        for (; column < Columns; column++)
        {
            target[column] = (short)((high[column] << ExactArithmetic.PartBits) + low[column] - Offset);
        }

        new Span<short>(target + Columns, Stride - Columns).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Join(Vector128<ushort> high, Vector128<ushort> low) =>
        ((high << ExactArithmetic.PartBits) + low).AsInt16() - Vector128.Create(Offset);
}
