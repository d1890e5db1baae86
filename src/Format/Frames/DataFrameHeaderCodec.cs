using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Turns a <see cref="DataFrameHeader"/> into a MessagePack map and back.</summary>
internal static class DataFrameHeaderCodec
{
    private const int ContentHashKey = 0;
    private const int RegionsKey = 1;
    private const int TokenCountKey = 2;
    private const int StreamCountKey = 3;
    private const int PrimerTokenCountKey = 4;
    private const int TextPayloadLengthKey = 5;
    private const int BytesPayloadLengthKey = 6;

    /// <summary>Numbers each region takes in the flat list.</summary>
    private const int NumbersPerRegion = 3;

    /// <summary>Writes the map.</summary>
    public static void Write(IBufferWriter<byte> output, DataFrameHeader header)
    {
        var allStored = IsPlainStored(header.Regions);
        var hasText = header.TextLength > 0;
        var hasBytes = header.BytesLength > 0;
        var writer = new MessagePackWriter(output);
        writer.WriteMapLength(1 + (allStored ? 0 : 1) + (hasText ? 4 : 0) + (hasBytes ? 1 : 0));
        WriteContentHash(writer, header.ContentHash);
        if (!allStored)
        {
            writer.WriteInt64(RegionsKey);
            writer.WriteArrayLength(NumbersPerRegion * header.Regions.Length);
            foreach (var region in header.Regions)
            {
                writer.WriteInt64((long)region.Kind);
                writer.WriteInt64(region.TransformId);
                writer.WriteInt64(region.OriginalLength);
            }
        }

        if (hasText)
        {
            writer.WriteInt64(TokenCountKey);
            writer.WriteInt64(header.Text.TokenCount);
            writer.WriteInt64(StreamCountKey);
            writer.WriteInt64(header.Text.StreamCount);
            writer.WriteInt64(PrimerTokenCountKey);
            writer.WriteInt64(header.Text.PrimerTokenCount);
            writer.WriteInt64(TextPayloadLengthKey);
            writer.WriteInt64(header.TextPayloadLength);
        }

        if (hasBytes)
        {
            writer.WriteInt64(BytesPayloadLengthKey);
            writer.WriteInt64(header.BytesPayloadLength);
        }
    }

    /// <summary>Reads the map and holds it against the length of the payload.</summary>
    /// <exception cref="NacrithException">It breaks a rule of the format, or needs a newer reader.</exception>
    public static DataFrameHeader Read(ReadOnlySpan<byte> map, long payloadLength, long offset)
    {
        UInt128? contentHash = null;
        Region[]? regions = null;
        long? tokens = null;
        long? streams = null;
        long? primer = null;
        long? textPayload = null;
        long? bytesPayload = null;

        var fields = new FieldReader(map, $"frame header at byte {offset}");
        while (fields.TryReadKey(out var key))
        {
            switch (key)
            {
                case ContentHashKey:
                    var hash = fields.ReadBinary(FormatConstants.ContentHashLength);
                    contentHash = BinaryPrimitives.ReadUInt128BigEndian(hash);
                    break;
                case RegionsKey:
                    regions = ReadRegions(ref fields);
                    break;
                case TokenCountKey:
                    tokens = fields.ReadInteger(0, int.MaxValue);
                    break;
                case StreamCountKey:
                    streams = fields.ReadInteger(1, FormatConstants.MaxStreams);
                    break;
                case PrimerTokenCountKey:
                    primer = fields.ReadInteger(0, FormatConstants.MaxPrimerTokens);
                    break;
                case TextPayloadLengthKey:
                    textPayload = fields.ReadInteger(0, FormatConstants.MaxFramePayloadLength);
                    break;
                case BytesPayloadLengthKey:
                    bytesPayload = fields.ReadInteger(0, FormatConstants.MaxFramePayloadLength);
                    break;
                default:
                    fields.SkipUnknown(key);
                    break;
            }
        }

        fields.Require(contentHash is not null, "content hash");
        regions ??= StoredWhole(ref fields, payloadLength);
        var text = new TextSection((int)(tokens ?? 0), (int)(streams ?? 0), (int)(primer ?? 0));
        var header = new DataFrameHeader(
            contentHash.Value, regions, text, (int)(textPayload ?? 0), (int)(bytesPayload ?? 0));

        var hasText = header.TextLength > 0;
        if ((tokens is not null) != hasText || (streams is not null) != hasText || (primer is not null) != hasText
            || (textPayload is not null) != hasText || (bytesPayload is not null) != (header.BytesLength > 0))
        {
            fields.Refuse("has fields that do not belong to its regions, or lacks some");
        }

        if (text.TokenCount > MaxTokens(header.TextLength))
        {
            fields.Refuse($"promises {text.TokenCount} tokens for {header.TextLength} bytes of text");
        }

        var sections = (long)header.TextPayloadLength + header.BytesPayloadLength + header.StoredLength;
        if (sections != payloadLength)
        {
            fields.Refuse($"describes {sections} bytes of payload where there are {payloadLength}");
        }

        return header;
    }

    /// <summary>Most tokens a frame with so many bytes of text may hold: no small file can ask for endless work.</summary>
    public static long MaxTokens(int textLength) =>
        ((long)textLength * FormatConstants.MaxTokensPerTextByte) + FormatConstants.TokenAllowance;

    /// <summary>Whether the list says no more than "everything is stored", which is written as no list.</summary>
    private static bool IsPlainStored(ReadOnlySpan<Region> regions) =>
        regions.Length == 0 || (regions.Length == 1 && regions[0].Kind == RegionKind.Stored);

    private static void WriteContentHash(MessagePackWriter writer, UInt128 contentHash)
    {
        Span<byte> bytes = stackalloc byte[FormatConstants.ContentHashLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, contentHash);
        writer.WriteInt64(ContentHashKey);
        writer.WriteBinary(bytes);
    }

    private static Region[] StoredWhole(ref FieldReader fields, long payloadLength)
    {
        if (payloadLength > FormatConstants.MaxFrameOriginalLength)
        {
            fields.Refuse("describes more content than a frame may hold");
        }

        return payloadLength == 0 ? [] : [new(RegionKind.Stored, 0, (int)payloadLength)];
    }

    private static Region[] ReadRegions(ref FieldReader fields)
    {
        var numbers = fields.ReadArrayLength(NumbersPerRegion, NumbersPerRegion * FormatConstants.MaxRegions);
        if (numbers % NumbersPerRegion != 0)
        {
            fields.Refuse("has an incomplete list of regions");
        }

        var regions = new Region[numbers / NumbersPerRegion];
        long room = FormatConstants.MaxFrameOriginalLength;
        foreach (ref var region in regions.AsSpan())
        {
            var kind = (RegionKind)fields.ReadInteger((long)RegionKind.Text, (long)RegionKind.Stored);
            var maxTransform = kind == RegionKind.Stored ? 0 : FormatConstants.MaxTransformId;
            var transform = (int)fields.ReadInteger(0, maxTransform);
            region = new(kind, transform, (int)fields.ReadInteger(1, room));
            room -= region.OriginalLength;
        }

        if (IsPlainStored(regions))
        {
            fields.Refuse("lists its only region although it is stored");
        }

        return regions;
    }
}
