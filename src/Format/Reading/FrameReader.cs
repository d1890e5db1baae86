using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads archive headers and frames in sequence and verifies their checksums. <see cref="ArchiveStructure"/> checks
/// the rules between frames.
/// </summary>
internal sealed class FrameReader(Stream stream, ReaderLimits limits, long position = 0)
{
    /// <summary>
    /// Bytes allocated at first for a payload. The buffer doubles from here as bytes arrive, so a false length takes at
    /// most twice the memory of the bytes that are there.
    /// </summary>
    private const int FirstPayloadPiece = 1 << 20;

    private readonly ArrayBufferWriter<byte> _head = new();

    public ByteSource Source { get; } = new(stream, position);

    /// <summary>Reads an archive header after the magic, which the caller has consumed.</summary>
    public ArchiveHeader ReadArchiveHeader(long offset)
    {
        _head.Clear();
        _head.Write(FormatConstants.Magic);
        int major = ReadHeadByte();
        int flags = ReadHeadByte();
        var map = ReadHeadBytes(ReadHeaderLength(offset));
        VerifyHead("archive header", offset);

        // Only after the checksum: a flipped bit in the version is damage, not a newer format.
        if (major != FormatConstants.MajorVersion)
        {
            throw new UnsupportedVersionException(
                $"The archive has format version {major}; this program reads version {FormatConstants.MajorVersion}.");
        }

        if (flags != 0)
        {
            throw new UnsupportedVersionException(
                $"The archive uses features (flags {flags:x2}) that need a newer version of this program.");
        }

        return ArchiveHeaderCodec.ReadMap(map, offset);
    }

    /// <summary>Reads the head of a small archive after the bytes that both forms begin with.</summary>
    public SmallArchiveHead ReadSmallHead(long offset)
    {
        _head.Clear();
        _head.Write(FormatConstants.Magic[..ArchiveForms.CommonMagicLength]);
        SmallArchiveHead? head;
        do
        {
            ReadHeadByte();
        }
        while (!SmallArchiveHead.TryRead(_head.WrittenSpan, offset, out head));
        return head;
    }

    /// <summary>Reads the frame of a small archive whose head was read last.</summary>
    public DataFrame ReadSmallFrame(SmallArchiveHead head, long originalStart)
    {
        limits.CheckContent(head.ContentLength, head.Offset);
        limits.CheckPayload(head.RestLength, head.Offset);
        return SmallArchive.ReadFrame(head, ReadGrowing(_head.WrittenSpan, head.ArchiveLength), originalStart);
    }

    /// <summary>Reads the head of the body of a small archive whose head was read last, and skips what follows.</summary>
    public BodyHead ReadSmallBodyHead(SmallArchiveHead head) => ReadBodyHead(
        head.Tag, head.RestLength, BodyContext.ForSmallArchive(head.ContentLength, head.Offset));

    /// <summary>Reads the head of a frame.</summary>
    public FrameHead ReadHead()
    {
        _head.Clear();
        var offset = Source.Position;
        var type = (FrameType)ReadHeadByte();
        var headerLength = ReadHeaderLength(offset);
        var payloadLength = ReadHeadVarInt(offset);
        var header = ReadHeadBytes(headerLength);
        VerifyHead("frame header", offset);
        return new(type, header, payloadLength, offset);
    }

    /// <summary>Reads and verifies a payload.</summary>
    public byte[] ReadPayload(in FrameHead frame)
    {
        limits.CheckPayload(frame.PayloadLength, frame.Offset);
        if (frame.PayloadLength == 0)
        {
            return [];
        }

        var payload = ReadGrowing([], (int)frame.PayloadLength);
        VerifyPayload(frame, Checksum.Of(payload));
        return payload;
    }

    /// <summary>Reads a data frame after its head.</summary>
    public DataFrame ReadData(in FrameHead frame, long originalStart)
    {
        var header = DataFrameHeader.Read(frame);
        limits.CheckContent(header.ContentLength, frame.Offset);
        var context = BodyContext.ForDataFrame(header.ContentLength, frame.Offset);
        var body = FrameBody.Read(ReadPayload(frame), context);
        return new(body, default, header.Check, frame.Offset, originalStart);
    }

    /// <summary>
    /// Reads the head of the body of a data frame, and skips what follows. The payload is verified only if the stream is
    /// not seekable.
    /// </summary>
    public BodyHead ReadBodyHead(in FrameHead frame)
    {
        var context = BodyContext.ForDataFrame(DataFrameHeader.Read(frame).ContentLength, frame.Offset);
        limits.CheckPayload(frame.PayloadLength, frame.Offset);
        var length = (int)frame.PayloadLength;
        if (!Source.CanSkip || length == 0)
        {
            return BodyHead.Read(ReadPayload(frame), length, context);
        }

        Span<byte> tag = stackalloc byte[1];
        Source.ReadExactly(tag);
        return ReadBodyHead(BodyTag.Read(tag[0], context), length - 1, context);
    }

    /// <summary>The exception for a frame whose type is neither known nor skippable.</summary>
    public static UnsupportedVersionException UnknownType(in FrameHead frame) => new(
        $"The frame at byte {frame.Offset} has type {(int)frame.Type:x2}, "
        + "which needs a newer version of this program.");

    /// <summary>Reads a payload only to verify it.</summary>
    public void VerifyPayload(in FrameHead frame)
    {
        if (frame.PayloadLength > 0)
        {
            VerifyPayload(frame, Source.ReadChecksumOf(frame.PayloadLength));
        }
    }

    /// <summary>Skips a payload. It is verified only if the stream is not seekable.</summary>
    public void SkipPayload(in FrameHead frame)
    {
        if (frame.PayloadLength > long.MaxValue - FormatConstants.ChecksumLength)
        {
            throw Source.Truncated();
        }

        if (frame.PayloadLength > 0 && !Source.TrySeekForward(frame.PayloadLength + FormatConstants.ChecksumLength))
        {
            VerifyPayload(frame);
        }
    }

    /// <summary>Reads the fields after a tag, and skips the sections and the check after them.</summary>
    private BodyHead ReadBodyHead(BodyTag tag, int restLength, in BodyContext context)
    {
        var most = tag.Kind == BodyKind.Regions ? BodyRules.MaxHeadLength : BodyRules.MaxPlainHeadLength;
        var start = ReadGrowing([], Math.Min(restLength, most));
        Skip(restLength - start.Length + FormatConstants.ChecksumLength);
        return BodyHead.ReadRest(tag, start, restLength, context);
    }

    private void Skip(long length)
    {
        if (!Source.TrySeekForward(length))
        {
            Source.ReadChecksumOf(length);
        }
    }

    /// <summary>An array of a length that begins with some bytes; the rest is read.</summary>
    private byte[] ReadGrowing(ReadOnlySpan<byte> first, int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Math.Min(length, FirstPayloadPiece));
        first.CopyTo(bytes);
        Source.ReadExactly(bytes.AsSpan(first.Length));
        while (bytes.Length < length)
        {
            var read = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * read));
            Source.ReadExactly(bytes.AsSpan(read));
        }

        return bytes;
    }

    private void VerifyPayload(in FrameHead frame, ulong checksum)
    {
        if (ReadChecksum() != checksum)
        {
            throw new CorruptArchiveException($"The payload of the frame at byte {frame.Offset} is damaged.");
        }
    }

    private void VerifyHead(string what, long offset)
    {
        if (ReadChecksum() != Checksum.Of(_head.WrittenSpan))
        {
            throw new CorruptArchiveException($"The {what} at byte {offset} is damaged.");
        }
    }

    private ulong ReadChecksum()
    {
        Span<byte> checksum = stackalloc byte[FormatConstants.ChecksumLength];
        Source.ReadExactly(checksum);
        return BinaryPrimitives.ReadUInt64BigEndian(checksum);
    }

    private int ReadHeaderLength(long offset)
    {
        var length = ReadHeadVarInt(offset);
        if (length > FormatConstants.MaxHeaderLength)
        {
            throw new CorruptArchiveException(
                $"The header at byte {offset} is {length} bytes long, more than the format allows.");
        }

        return (int)length;
    }

    private long ReadHeadVarInt(long offset)
    {
        long value = 0;
        for (var index = 0; index < VarInt.MaxLength; index++)
        {
            var next = ReadHeadByte();
            value |= (long)(next & 0x7F) << (7 * index);
            if (next < 0x80)
            {
                if (next == 0 && index > 0)
                {
                    break;
                }

                return value;
            }
        }

        throw new CorruptArchiveException($"The header at byte {offset} has a malformed length.");
    }

    private byte ReadHeadByte()
    {
        var value = Source.ReadByte();
        if (value < 0)
        {
            throw Source.Truncated();
        }

        _head.Write<byte>([(byte)value]);
        return (byte)value;
    }

    private byte[] ReadHeadBytes(int length)
    {
        var bytes = new byte[length];
        Source.ReadExactly(bytes);
        _head.Write(bytes);
        return bytes;
    }
}
