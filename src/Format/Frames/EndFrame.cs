using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>The totals of an archive.</summary>
/// <param name="OriginalLength">Length of the whole content, in bytes.</param>
/// <param name="FrameCount">Number of data frames.</param>
/// <param name="ContentHash">
/// SHA-256 of the whole content. Null for a small archive, whose own check covers the whole.
/// </param>
public sealed record EndFrame(long OriginalLength, long FrameCount, Sha256Digest? ContentHash)
{
    private const int OriginalLengthKey = 0;
    private const int FrameCountKey = 1;
    private const int ContentHashKey = 2;

    internal void Write(IBufferWriter<byte> output)
    {
        Span<byte> hash = stackalloc byte[Sha256Digest.Length];
        ContentHash.GetValueOrDefault().CopyTo(hash);
        var fields = new FieldWriter();
        fields.WriteInteger(OriginalLengthKey, OriginalLength);
        fields.WriteInteger(FrameCountKey, FrameCount);
        fields.WriteBinary(ContentHashKey, hash);
        fields.CopyTo(output);
    }

    internal static EndFrame Read(ReadOnlyMemory<byte> map, long offset)
    {
        long? originalLength = null;
        long? frameCount = null;
        Sha256Digest? contentHash = null;
        var fields = new FieldReader(map, $"end frame at byte {offset}");
        while (fields.TryReadKey(out var key))
        {
            switch (key)
            {
                case OriginalLengthKey:
                    originalLength = fields.ReadInteger(0, long.MaxValue);
                    break;
                case FrameCountKey:
                    frameCount = fields.ReadInteger(0, long.MaxValue);
                    break;
                case ContentHashKey:
                    contentHash = Sha256Digest.FromBytes(fields.ReadBinary(Sha256Digest.Length));
                    break;
                default:
                    fields.SkipUnknown(key);
                    break;
            }
        }

        fields.Require(originalLength is not null, "original length");
        fields.Require(frameCount is not null, "frame count");
        fields.Require(contentHash is not null, "content hash");
        return new(originalLength.Value, frameCount.Value, contentHash.Value);
    }
}
