using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NacrithOnnx.Format;

/// <summary>The short checksum of headers and payloads: the first eight bytes of SHA-256.</summary>
internal static class Checksum
{
    /// <summary>Checksum of <paramref name="data"/> as a big-endian number.</summary>
    public static ulong Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Checksum of the data appended to <paramref name="hash"/>, which is reset.</summary>
    public static ulong Finish(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
