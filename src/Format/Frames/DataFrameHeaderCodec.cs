using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Encodes a <see cref="DataFrameHeader"/> as a map, and decodes it.</summary>
internal static class DataFrameHeaderCodec
{
    private const int ContentHashKey = 0;
    private const int RegionsKey = 1;
    private const int TokenCountKey = 2;
    private const int LaneCountKey = 3;
    private const int PrimerTokenCountKey = 4;
    private const int TextPayloadLengthKey = 5;
    private const int BytesPayloadLengthKey = 6;

    /// <summary>Kind, transform id and original length of each region, in one flat array.</summary>
    private const int NumbersPerRegion = 3;

    /// <summary>Writes the map.</summary>
    public static void Write(IBufferWriter<byte> output, DataFrameHeader header)
    {
        Span<byte> hash = stackalloc byte[FormatConstants.ContentHashLength];
        BinaryPrimitives.WriteUInt128BigEndian(hash, header.ContentHash);
        var fields = new FieldWriter();
        fields.WriteBinary(ContentHashKey, hash);
        if (!IsStoredWhole(header.Regions))
        {
            fields.WriteArray(RegionsKey, Flatten(header.Regions));
        }

        if (header.TextLength > 0)
        {
            fields.WriteInteger(TokenCountKey, header.Text.TokenCount);
            fields.WriteInteger(LaneCountKey, header.Text.LaneCount);
            fields.WriteInteger(PrimerTokenCountKey, header.Text.PrimerTokenCount);
            fields.WriteInteger(TextPayloadLengthKey, header.TextPayloadLength);
        }

        if (header.BytesLength > 0)
        {
            fields.WriteInteger(BytesPayloadLengthKey, header.BytesPayloadLength);
        }

        fields.CopyTo(output);
    }

    /// <summary>Reads the map and checks it against the length of the payload.</summary>
    /// <exception cref="NacrithException">The map breaks a rule of the format, or needs a newer reader.</exception>
    public static DataFrameHeader Read(ReadOnlyMemory<byte> map, long payloadLength, long offset)
    {
        UInt128? contentHash = null;
        Region[]? regions = null;
        long? tokens = null;
        long? lanes = null;
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
                case LaneCountKey:
                    lanes = fields.ReadInteger(1, FormatConstants.MaxLanes);
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
        var text = new TextSection((int)(tokens ?? 0), (int)(lanes ?? 0), (int)(primer ?? 0));
        var header = new DataFrameHeader(
            contentHash.Value, regions, text, (int)(textPayload ?? 0), (int)(bytesPayload ?? 0));

        var hasText = header.TextLength > 0;
        if ((tokens is not null) != hasText || (lanes is not null) != hasText || (primer is not null) != hasText
            || (textPayload is not null) != hasText || (bytesPayload is not null) != (header.BytesLength > 0))
        {
            fields.Refuse("has fields that its regions do not need, or lacks some that they do");
        }

        if (text.TokenCount > MaxTokens(header.TextLength))
        {
            fields.Refuse($"claims {text.TokenCount} tokens for {header.TextLength} bytes of text");
        }

        var sections = (long)header.TextPayloadLength + header.BytesPayloadLength + header.StoredLength;
        if (sections != payloadLength)
        {
            fields.Refuse($"describes {sections} bytes of payload; the frame has {payloadLength}");
        }

        return header;
    }

    /// <summary>
    /// Most tokens that a frame with this many bytes of text may hold. Bounds the work that a small file can cause.
    /// </summary>
    public static long MaxTokens(int textLength) =>
        ((long)textLength * FormatConstants.MaxTokensPerTextByte) + FormatConstants.TokenAllowance;

    /// <summary>Whether the content is empty or one stored region; such a frame has no list of regions.</summary>
    private static bool IsStoredWhole(ReadOnlySpan<Region> regions) =>
        regions.Length == 0 || (regions.Length == 1 && regions[0].Kind == RegionKind.Stored);

    private static int[] Flatten(ReadOnlySpan<Region> regions)
    {
        var numbers = new int[NumbersPerRegion * regions.Length];
        for (var index = 0; index < regions.Length; index++)
        {
            var region = regions[index];
            numbers[NumbersPerRegion * index] = (int)region.Kind;
            numbers[(NumbersPerRegion * index) + 1] = region.TransformId;
            numbers[(NumbersPerRegion * index) + 2] = region.OriginalLength;
        }

        return numbers;
    }

    private static Region[] StoredWhole(ref FieldReader fields, long payloadLength)
    {
        if (payloadLength > FormatConstants.MaxFrameOriginalLength)
        {
            fields.Refuse("describes more content than the format allows");
        }

        return payloadLength == 0 ? [] : [new(RegionKind.Stored, 0, (int)payloadLength)];
    }

    private static Region[] ReadRegions(ref FieldReader fields)
    {
        var numbers = fields.ReadArrayLength(NumbersPerRegion, NumbersPerRegion * FormatConstants.MaxRegions);
        if (numbers % NumbersPerRegion != 0)
        {
            fields.Refuse("has a list of regions that is not a multiple of three numbers");
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

        if (IsStoredWhole(regions))
        {
            fields.Refuse("lists a single stored region");
        }

        return regions;
    }
}
