using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>The short checksum of headers, payloads and content: the first eight bytes of SHA-256.</summary>
internal static class Checksum
{
    /// <summary>Checksum of <paramref name="data"/> as a big-endian number.</summary>
    public static ulong Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Sha256Digest.Length];
        Sha256.Hash(data, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Checksum of two pieces, one behind the other.</summary>
    public static ulong Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.IsEmpty)
        {
            return Of(second);
        }

        using var hash = new Sha256();
        hash.Append(first);
        hash.Append(second);
        return Finish(hash);
    }

    /// <summary>Checksum of the data appended to <paramref name="hash"/>, which is reset.</summary>
    public static ulong Finish(Sha256 hash)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        hash.Finish(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
