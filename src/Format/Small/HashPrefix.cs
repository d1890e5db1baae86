using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>
/// The first four bytes of a SHA-256: enough to tell apart the models and dictionaries on one machine. The check of the
/// content catches a collision.
/// </summary>
/// <param name="Value">The bytes, the first the most significant.</param>
public readonly record struct HashPrefix(uint Value)
{
    /// <summary>Bytes of a prefix.</summary>
    public const int Length = sizeof(uint);

    private const int ShiftToPrefix = 8 * ((Sha256Digest.Length / 2) - Length);

    /// <summary>The prefix of a digest.</summary>
    public static HashPrefix Of(Sha256Digest digest) => new((uint)(digest.High >> ShiftToPrefix));

    /// <summary>Reads a prefix from the first four bytes of <paramref name="bytes"/>.</summary>
    public static HashPrefix FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>Writes the four bytes.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, Value);

    /// <summary>The prefix as eight lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{Value:x8}";
}
