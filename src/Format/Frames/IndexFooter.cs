using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>
/// The payload of the end frame in an archive with an index. Locates the index from the end of the archive.
/// </summary>
/// <param name="IndexDistance">Bytes from the first byte of the index frame to the end of the archive.</param>
/// <param name="ArchiveLength">Length of the archive in bytes.</param>
internal readonly record struct IndexFooter(long IndexDistance, long ArchiveLength)
{
    public byte[] ToArray()
    {
        var bytes = new byte[FormatConstants.FooterLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, IndexDistance);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long)), ArchiveLength);
        FormatConstants.FooterMagic.CopyTo(bytes.AsSpan(2 * sizeof(long)));
        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out IndexFooter footer)
    {
        footer = default;
        if (bytes.Length != FormatConstants.FooterLength
            || !bytes[(2 * sizeof(long))..].SequenceEqual(FormatConstants.FooterMagic))
        {
            return false;
        }

        footer = new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]));
        return true;
    }
}
