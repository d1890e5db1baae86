using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Support;

/// <summary>
/// A codec that needs no model, to test the container. Stored regions are stored; text and bytes regions are "coded"
/// by inverting every bit, so that each section of a payload is used.
/// </summary>
internal static class StoredCodec
{
    public static readonly HashPrefix Model = new(0x01234567);

    public static byte[] Compress(
        ReadOnlySpan<byte> content, int frameLength = 64, ArchiveHeader? header = null, bool withIndex = true, bool mixed = false)
    {
        using var stream = new MemoryStream();
        using var writer = new ContainerWriter(stream, withIndex);
        writer.WriteHeader(header ?? (mixed ? new() { Model = Model, Profile = 3 } : new()));
        while (!content.IsEmpty)
        {
            var piece = content[..Math.Min(frameLength, content.Length)];
            if (mixed)
            {
                WriteMixedFrame(writer, piece, header?.Profile ?? 3, header?.Dictionary is not null);
            }
            else
            {
                writer.WriteStoredFrame(piece);
            }

            content = content[piece.Length..];
        }

        writer.WriteEnd();
        return stream.ToArray();
    }

    /// <summary>Writes a frame whose bytes go to text, byte coder and storage in turn, seven at a time.</summary>
    public static void WriteMixedFrame(ContainerWriter writer, ReadOnlySpan<byte> piece, int profile = 3, bool hasDictionary = false)
    {
        const int RegionLength = 7;
        var regions = new List<Region>();
        var text = new List<byte>();
        var bytes = new List<byte>();
        for (var start = 0; start < piece.Length; start += RegionLength)
        {
            var part = piece[start..Math.Min(piece.Length, start + RegionLength)];
            var kind = (RegionKind)(regions.Count % 3);
            regions.Add(new(kind, 0, part.Length));
            foreach (var value in part)
            {
                (kind == RegionKind.Text ? text : kind == RegionKind.Bytes ? bytes : []).Add((byte)~value);
            }
        }

        writer.WriteFrame(new()
        {
            Original = piece,
            Regions = regions.ToArray(),
            Profile = profile,
            HasDictionary = hasDictionary,
            TokenCount = text.Count,
            TextPayload = text.ToArray(),
            BytesPayload = bytes.ToArray(),
        });
    }

    public static byte[] Decompress(byte[] archive, TrailingData trailing = TrailingData.Refuse) =>
        Decompress(new MemoryStream(archive), trailing: trailing);

    public static byte[] Decompress(
        Stream stream, ReaderLimits? limits = null, TrailingData trailing = TrailingData.Refuse)
    {
        using var output = new MemoryStream();
        using var reader = new ContainerReader(stream, limits, trailing);
        while (reader.TryReadArchive(out _))
        {
            using var verifier = new ContentVerifier();
            while (reader.TryReadDataFrame(out var frame))
            {
                var content = Decode(frame);
                verifier.Add(frame, content);
                output.Write(content);
            }

            verifier.Complete(reader.End);
        }

        return output.ToArray();
    }

    public static byte[] Decode(DataFrame frame)
    {
        using var content = new MemoryStream();
        var text = frame.Body.TextPayload.Span;
        var bytes = frame.Body.BytesPayload.Span;
        var stored = frame.Body.Stored.Span;
        foreach (var region in frame.Body.Head.Regions)
        {
            switch (region.Kind)
            {
                case RegionKind.Text:
                    Invert(ref text, region.OriginalLength, content);
                    break;
                case RegionKind.Bytes:
                    Invert(ref bytes, region.OriginalLength, content);
                    break;
                default:
                    content.Write(stored[..region.OriginalLength]);
                    stored = stored[region.OriginalLength..];
                    break;
            }
        }

        return content.ToArray();
    }

    private static void Invert(ref ReadOnlySpan<byte> section, int length, MemoryStream content)
    {
        // A real coder reads past a short payload as zeros; the content hash detects the result.
        var have = Math.Min(length, section.Length);
        foreach (var value in section[..have])
        {
            content.WriteByte((byte)~value);
        }

        section = section[have..];
    }
}
