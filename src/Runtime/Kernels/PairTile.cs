using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// A 64 × 64 tile of signed bytes as int16 pairs: rows 2p and 2p+1 interleaved, [32 pairs][64 columns][2]. The
/// cache stores keys transposed (a row is a dimension) and values untransposed (a row is a position), so one layout and
/// one product serve both halves of attention.
/// </summary>
internal static class PairTile
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Side = 64;

    /// <summary>Pairs of rows in a tile.</summary>
    public const int Pairs = Side / 2;

    /// <summary>int16 elements of one pair of rows.</summary>
    public const int PairLength = Side * 2;

    /// <summary>int16 elements of a tile: 8 KiB, a quarter of a first-level cache.</summary>
    public const int Length = Pairs * PairLength;

    /// <summary>Fills a tile from 64 whole rows.</summary>
    /// <param name="source">First byte of the tile's first row.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="tile">The tile [<see cref="Length"/>].</param>
    public static unsafe void Pack(sbyte* source, int stride, Span<short> tile)
    {
        ref var target = ref MemoryMarshal.GetReference(tile[..Length]);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var even = source + ((long)2 * pair * stride);
            PackPair(ref *even, ref *(even + stride), ref Unsafe.Add(ref target, pair * PairLength));
        }
    }

    /// <summary>Fills the first rows and columns of a tile; the rest is zero.</summary>
    public static unsafe void PackPart(sbyte* source, int stride, int rows, int columns, Span<short> tile)
    {
        tile[..Length].Clear();
        for (var row = 0; row < rows; row++)
        {
            var line = source + ((long)row * stride);
            var start = (row / 2 * PairLength) + (row % 2);
            for (var column = 0; column < columns; column++)
            {
                tile[start + (2 * column)] = line[column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackPair(ref readonly sbyte even, ref readonly sbyte odd, ref short target)
    {
        if (Avx2.IsSupported)
        {
            PackPairByBytes(in even, in odd, ref target);
            return;
        }

        for (var column = 0; column < Side; column += Vector256<short>.Count)
        {
            // The even row fills the low half of each int32, the odd row the high half.
            var a = Widen(in even, column);
            var b = Widen(in odd, column);
            var (lowA, highA) = Vector256.Widen(a);
            var (lowB, highB) = Vector256.Widen(b);
            var low = (lowA & Vector256.Create(0xFFFF)) | (lowB << 16);
            var high = (highA & Vector256.Create(0xFFFF)) | (highB << 16);
            low.AsInt16().StoreUnsafe(ref target, (nuint)(2 * column));
            high.AsInt16().StoreUnsafe(ref target, (nuint)((2 * column) + Vector256<short>.Count));
        }
    }

    /// <summary>The same, but interleaves before widening: a third of the instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackPairByBytes(ref readonly sbyte even, ref readonly sbyte odd, ref short target)
    {
        for (var column = 0; column < Side; column += Vector128<sbyte>.Count)
        {
            var a = Vector128.LoadUnsafe(in even, (nuint)column);
            var b = Vector128.LoadUnsafe(in odd, (nuint)column);
            var low = Avx2.ConvertToVector256Int16(Sse2.UnpackLow(a, b));
            var high = Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(a, b));
            low.StoreUnsafe(ref target, (nuint)(2 * column));
            high.StoreUnsafe(ref target, (nuint)((2 * column) + Vector256<short>.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Widen(ref readonly sbyte source, int index)
    {
        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(in source, (nuint)index));
        return Vector256.Create(low, high);
    }
}
