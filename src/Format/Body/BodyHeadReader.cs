namespace NacrithOnnx.Format;

/// <summary>Reads the fields of a frame body and checks them against the lengths of body and content.</summary>
internal ref struct BodyHeadReader(ReadOnlySpan<byte> start, int restLength, in BodyContext context)
{
    /// <summary>Fewest bytes of a listed region: its kind and its length.</summary>
    private const int MinRegionLength = 2;

    private readonly ReadOnlySpan<byte> _start = start;
    private readonly int _restLength = restLength;
    private readonly BodyContext _context = context;
    private int _at;

    private readonly int Left => _restLength - _at;

    public BodyHead Read(BodyTag tag)
    {
        if (tag.Kind != BodyKind.Stored && _context.ContentLength == 0)
        {
            _context.Refuse("codes an empty content, which is only stored");
        }

        return tag.Kind switch
        {
            BodyKind.Stored => ReadStored(tag),
            BodyKind.Text => ReadText(tag),
            BodyKind.Bytes => ReadBytes(tag),
            _ => ReadList(tag),
        };
    }

    private readonly BodyHead ReadStored(BodyTag tag)
    {
        if (_restLength > _context.MaxContentLength)
        {
            _context.RefuseLength();
        }

        if (_context.ContentLength is { } length && length != _restLength)
        {
            _context.Refuse($"stores {_restLength} bytes where its content has {length}");
        }

        return new(tag, _restLength == 0 ? [] : [new(RegionKind.Stored, 0, _restLength)]);
    }

    private BodyHead ReadText(BodyTag tag)
    {
        var transform = tag.HasTransform ? (int)ReadNumber("a transform id", 1, FormatConstants.MaxTransformId) : 0;
        var tokens = _context.ContentLength is { } length ? ReadTokenCount(length) : ReadTokenCountWithinLimit();
        var isPrimed = ReadPrimed(tokens);
        return new(tag, [new(RegionKind.Text, transform, _context.ContentLength ?? 0)])
        {
            EndsWithTokens = _context.ContentLength is null,
            TokenCount = tokens,
            IsPrimed = isPrimed,
            FieldsLength = _at,
            TextPayloadLength = Left,
        };
    }

    private BodyHead ReadBytes(BodyTag tag)
    {
        var length = _context.ContentLength ?? ReadContentLength(_context.MaxContentLength);
        return new(tag, [new(RegionKind.Bytes, 0, length)]) { FieldsLength = _at, BytesPayloadLength = Left };
    }

    private BodyHead ReadList(BodyTag tag)
    {
        var regions = ReadRegions();
        var sums = new BodyHead(tag, regions);
        if (_context.ContentLength is { } length && length != sums.ContentLength)
        {
            _context.Refuse($"lists regions of {sums.ContentLength} bytes where its content has {length}");
        }

        var hasText = sums.TextLength > 0;
        if (tag.HasDictionary && !hasText)
        {
            _context.Refuse("names a dictionary but has no text");
        }

        var tokens = hasText ? ReadTokenCount(sums.TextLength) : 0;
        var isPrimed = hasText && ReadPrimed(tokens);
        var text = hasText ? ReadSectionLength() : 0;
        var hasBytes = sums.BytesLength > 0;
        var isGiven = hasBytes && sums.StoredLength > 0;
        var bytes = isGiven ? ReadSectionLength() : hasBytes ? Math.Max(Left - text, 0) : 0;
        var sections = (long)text + bytes + sums.StoredLength;
        if (sections > Left)
        {
            _context.RefuseEnd();
        }

        if (sections < Left)
        {
            _context.Refuse($"has {Left - sections} bytes after the last section of its body");
        }

        return new(tag, regions)
        {
            TokenCount = tokens,
            IsPrimed = isPrimed,
            FieldsLength = _at,
            TextPayloadLength = text,
            BytesPayloadLength = bytes,
        };
    }

    private Region[] ReadRegions()
    {
        var count = (int)ReadNumber("a number of regions", BodyRules.MinRegions, FormatConstants.MaxRegions);
        if (count * MinRegionLength > Left)
        {
            _context.RefuseEnd();
        }

        var regions = new Region[count];
        var room = _context.MaxContentLength;
        foreach (ref var region in regions.AsSpan())
        {
            var kind = (RegionKind)ReadByte("a region kind", (byte)RegionKind.Stored);
            var transform = kind == RegionKind.Text
                ? (int)ReadNumber("a transform id", 0, FormatConstants.MaxTransformId) : 0;
            var length = ReadContentLength(room);
            var transformed = transform == 0 ? 0 : ReadTransformedLength(length);
            region = new(kind, transform, length, transformed);
            room -= length;
        }

        return regions;
    }

    private int ReadContentLength(int room)
    {
        var length = ReadNumber("a length", 1, long.MaxValue);
        if (length > room)
        {
            _context.RefuseLength();
        }

        return (int)length;
    }

    private int ReadTransformedLength(int length) => (int)ReadNumber(
        "a transformed length", 0, Math.Min((long)length * BodyRules.MaxTransformGrowth, int.MaxValue));

    private int ReadTokenCount(int textLength) =>
        (int)ReadNumber("a number of tokens", 0, Math.Min(BodyRules.MaxTokens(textLength), int.MaxValue));

    private int ReadTokenCountWithinLimit()
    {
        var tokens = ReadNumber("a number of tokens", 0, long.MaxValue);
        if (tokens > Math.Min(BodyRules.MaxTokens(_context.MaxContentLength), int.MaxValue))
        {
            _context.RefuseLength();
        }

        return (int)tokens;
    }

    private bool ReadPrimed(int tokens) => tokens >= BodyRules.MinPrimableTokens && ReadByte("a primer mark", 1) == 1;

    private int ReadSectionLength() => (int)ReadNumber("a section length", 0, _restLength);

    private byte ReadByte(string what, byte max)
    {
        if (_at >= _start.Length)
        {
            _context.RefuseEnd();
        }

        var value = _start[_at++];
        CheckRange(what, value, 0, max);
        return value;
    }

    private long ReadNumber(string what, long min, long max)
    {
        var bytes = _start[_at..];
        if (!VarInt.TryRead(bytes, out var value, out var consumed))
        {
            if (consumed == bytes.Length && consumed < VarInt.MaxLength && (consumed == 0 || bytes[^1] > 0x7F))
            {
                _context.RefuseEnd();
            }

            _context.Refuse($"holds {what} that is not in its shortest form");
        }

        _at += consumed;
        CheckRange(what, value, min, max);
        return value;
    }

    private readonly void CheckRange(string what, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            _context.Refuse($"holds {value} as {what} where {min} to {max} is allowed");
        }
    }
}
