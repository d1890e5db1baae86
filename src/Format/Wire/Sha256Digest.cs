using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>A SHA-256 digest, compared by value.</summary>
/// <param name="High">The first 16 bytes, big-endian.</param>
/// <param name="Low">The last 16 bytes, big-endian.</param>
public readonly record struct Sha256Digest(UInt128 High, UInt128 Low)
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Length = 32;

    /// <summary>Hashes <paramref name="data"/>.</summary>
    public static Sha256Digest Compute(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Length];
        Sha256.Hash(data, hash);
        return FromBytes(hash);
    }

    /// <summary>Creates a digest from its 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public static Sha256Digest FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(bytes));
        }

        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
    }

    /// <summary>Parses 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException"><paramref name="hex"/> is not 64 hexadecimal digits.</exception>
    public static Sha256Digest Parse(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        return bytes.Length == Length
            ? FromBytes(bytes)
            : throw new FormatException("A SHA-256 digest has 64 hexadecimal digits.");
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    /// <summary>The digest as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";

    /// <summary>The digest of what <paramref name="hash"/> has taken; it starts anew.</summary>
    public static Sha256Digest Finish(Sha256 hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        Span<byte> digest = stackalloc byte[Length];
        hash.Finish(digest);
        return FromBytes(digest);
    }
}
