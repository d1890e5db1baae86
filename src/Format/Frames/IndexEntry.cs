using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Locates one data frame.</summary>
/// <param name="FrameOffset">Offset of the frame from the first byte of its archive.</param>
/// <param name="OriginalStart">Offset of the frame's content in the content of its archive.</param>
internal readonly record struct IndexEntry(long FrameOffset, long OriginalStart)
{
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, FrameOffset);
        BinaryPrimitives.WriteInt64LittleEndian(destination[sizeof(long)..], OriginalStart);
    }

    public static IndexEntry Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source),
        BinaryPrimitives.ReadInt64LittleEndian(source[sizeof(long)..]));
}
