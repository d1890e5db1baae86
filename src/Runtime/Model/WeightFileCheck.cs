using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Runtime.Model;

/// <summary>
/// Reads a weight file once for two checks: its hash, and whether all weights are in the range in which products are
/// exact. A hash shows only that the exporter wrote the file, not that the exporter was correct.
/// </summary>
internal static class WeightFileCheck
{
    /// <summary>Bytes per read: small enough to be still in the cache for the second check.</summary>
    private const int PieceLength = 1 << 18;

    /// <summary>Hashes a file and looks at its matrices.</summary>
    /// <param name="slice">The file.</param>
    /// <param name="matrices">The matrices in it.</param>
    /// <param name="offender">A matrix with a weight beyond its limit, or null.</param>
    /// <returns>The SHA-256.</returns>
    public static Sha256Digest Hash(FileSlice slice, IReadOnlyList<WeightMatrix> matrices, out WeightMatrix? offender)
    {
        offender = null;
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            using var file = File.OpenHandle(slice.Path, options: FileOptions.SequentialScan);
            using var hash = new Sha256();
            long position = 0;
            for (int count; position < slice.Length; position += count)
            {
                var wanted = (int)Math.Min(PieceLength, slice.Length - position);
                count = RandomAccess.Read(file, buffer.AsSpan(0, wanted), slice.Offset + position);
                if (count == 0)
                {
                    break; // Cut while it was read: the hash tells.
                }

                var piece = buffer.AsSpan(0, count);
                hash.Append(piece);
                offender ??= Offender(MemoryMarshal.Cast<byte, sbyte>(piece), position, matrices);
            }

            return Sha256Digest.Finish(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static WeightMatrix? Offender(ReadOnlySpan<sbyte> piece, long position, IReadOnlyList<WeightMatrix> matrices)
    {
        foreach (var matrix in matrices)
        {
            var start = Math.Clamp(matrix.Offset - position, 0, piece.Length);
            var end = Math.Clamp(matrix.Offset + matrix.Length - position, start, piece.Length);
            if (!IsWithin(piece[(int)start..(int)end], matrix.Limit))
            {
                return matrix;
            }
        }

        return null;
    }

    private static bool IsWithin(ReadOnlySpan<sbyte> weights, int limit)
    {
        var vectors = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(weights);
        var (least, most) = (Vector<sbyte>.Zero, Vector<sbyte>.Zero);
        foreach (var vector in vectors)
        {
            least = Vector.Min(least, vector);
            most = Vector.Max(most, vector);
        }

        var within = Vector.GreaterThanOrEqualAll(least, new Vector<sbyte>((sbyte)-limit))
            && Vector.LessThanOrEqualAll(most, new Vector<sbyte>((sbyte)limit));
        foreach (var weight in weights[(vectors.Length * Vector<sbyte>.Count)..])
        {
            within &= weight >= -limit && weight <= limit;
        }

        return within;
    }
}
