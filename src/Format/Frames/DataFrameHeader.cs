using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>The map of a data frame.</summary>
/// <param name="ContentLength">Bytes of content, at least 1.</param>
/// <param name="Check">First 8 bytes of the SHA-256 of the content, big-endian.</param>
internal readonly record struct DataFrameHeader(int ContentLength, ulong Check)
{
    private const int ContentLengthKey = 0;
    private const int CheckKey = 1;

    /// <summary>Writes the map.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        Span<byte> check = stackalloc byte[FormatConstants.ChecksumLength];
        BinaryPrimitives.WriteUInt64BigEndian(check, Check);
        var fields = new FieldWriter();
        fields.WriteInteger(ContentLengthKey, ContentLength);
        fields.WriteBinary(CheckKey, check);
        fields.CopyTo(output);
    }

    /// <summary>Reads the map.</summary>
    /// <exception cref="NacrithException">The map breaks a rule of the format, or needs a newer reader.</exception>
    public static DataFrameHeader Read(in FrameHead frame)
    {
        long? contentLength = null;
        ulong? check = null;
        var fields = new FieldReader(frame.Header, $"frame header at byte {frame.Offset}");
        while (fields.TryReadKey(out var key))
        {
            switch (key)
            {
                case ContentLengthKey:
                    contentLength = fields.ReadInteger(1, FormatConstants.MaxFrameOriginalLength);
                    break;
                case CheckKey:
                    check = BinaryPrimitives.ReadUInt64BigEndian(fields.ReadBinary(FormatConstants.ChecksumLength));
                    break;
                default:
                    fields.SkipUnknown(key);
                    break;
            }
        }

        fields.Require(contentLength is not null, "content length");
        fields.Require(check is not null, "content check");
        return new((int)contentLength.Value, check.Value);
    }
}
