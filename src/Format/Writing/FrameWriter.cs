using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>
/// Writes what surrounds a payload: the head (type, lengths, map, checksum) before it and its checksum after it.
/// </summary>
internal static class FrameWriter
{
    /// <summary>Appends the head of a frame.</summary>
    public static void WriteHead(
        ArrayBufferWriter<byte> output, FrameType type, ReadOnlySpan<byte> header, int payloadLength)
    {
        var start = output.WrittenCount;
        output.Write<byte>([(byte)type]);
        VarInt.Write(output, header.Length);
        VarInt.Write(output, payloadLength);
        output.Write(header);
        WriteChecksum(output, output.WrittenSpan[start..]);
    }

    /// <summary>Appends the checksum of <paramref name="data"/>.</summary>
    public static void WriteChecksum(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        var checksum = Checksum.Of(data);
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(FormatConstants.ChecksumLength), checksum);
        output.Advance(FormatConstants.ChecksumLength);
    }
}
