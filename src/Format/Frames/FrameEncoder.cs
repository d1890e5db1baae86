using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Puts the parts of a frame together: type, lengths, header, checksum, payload, checksum.</summary>
internal static class FrameEncoder
{
    /// <summary>Appends a frame.</summary>
    public static void Write(
        ArrayBufferWriter<byte> output, FrameType type, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        int start = output.WrittenCount;
        output.Write<byte>([(byte)type]);
        VarInt.Write(output, header.Length);
        VarInt.Write(output, payload.Length);
        output.Write(header);
        WriteChecksum(output, Checksum.Of(output.WrittenSpan[start..]));
        if (payload.Length > 0)
        {
            output.Write(payload);
            WriteChecksum(output, Checksum.Of(payload));
        }
    }

    private static void WriteChecksum(ArrayBufferWriter<byte> output, ulong checksum)
    {
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(FormatConstants.ChecksumLength), checksum);
        output.Advance(FormatConstants.ChecksumLength);
    }
}
