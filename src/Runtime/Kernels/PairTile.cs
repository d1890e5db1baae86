using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Kernels.Simd;

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
    public static unsafe void Pack<TPairs>(sbyte* source, int stride, Span<short> tile)
        where TPairs : struct, IPairLanes<TPairs>
    {
        ref var target = ref Unsafe.As<short, int>(ref MemoryMarshal.GetReference(tile[..Length]));
        for (var pair = 0; pair < Pairs; pair++, target = ref Unsafe.Add(ref target, Side))
        {
            var even = source + ((nint)2 * pair * stride);
            for (var column = 0; column < Side; column += 2 * TPairs.Count)
            {
                var (first, second) = TPairs.Interleave(even + column, even + stride + column);
                first.Store(ref target, column);
                second.Store(ref target, column + TPairs.Count);
            }
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
}
