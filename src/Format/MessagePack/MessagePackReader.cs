using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads the canonical subset of MessagePack the format uses, trusting nothing: integers, strings, binary, arrays and
/// maps in their shortest form. A failed read leaves the reader where it was and allocates nothing.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> source)
{
    /// <summary>Deepest nesting of a value that is skipped; keeps hostile nesting off the stack.</summary>
    public const int MaxDepth = 8;

    private readonly ReadOnlySpan<byte> _source = source;

    /// <summary>Bytes read so far.</summary>
    public int Consumed { get; private set; }

    /// <summary>Whether every byte has been read.</summary>
    public readonly bool AtEnd => Consumed == _source.Length;

    private readonly ReadOnlySpan<byte> Rest => _source[Consumed..];

    /// <summary>Reads an integer of any sign.</summary>
    public MessagePackResult TryReadInt64(out long value)
    {
        value = 0;
        if (AtEnd)
        {
            return MessagePackResult.EndOfBuffer;
        }

        var code = Rest[0];
        switch (code)
        {
            case <= MessagePackCode.MaxPositiveFixInt:
                value = code;
                Consumed++;
                return MessagePackResult.Success;
            case >= MessagePackCode.MinNegativeFixInt:
                value = (sbyte)code;
                Consumed++;
                return MessagePackResult.Success;
            case >= MessagePackCode.UInt8 and <= MessagePackCode.UInt64:
                return TryReadUnsigned(code, out value);
            case >= MessagePackCode.Int8 and <= MessagePackCode.Int64:
                return TryReadNegative(code, out value);
            default:
                return MessagePackResult.WrongType;
        }
    }

    /// <summary>Reads a string, as its UTF-8 bytes, unchecked.</summary>
    public MessagePackResult TryReadString(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        var result = TryReadLength(
            MessagePackCode.FixStr, MessagePackCode.MaxFixStrLength,
            MessagePackCode.Str8, MessagePackCode.Str16, MessagePackCode.Str32, out var length, out var prefix);
        return result == MessagePackResult.Success ? TryTake(prefix, length, out utf8) : result;
    }

    /// <summary>Reads binary data.</summary>
    public MessagePackResult TryReadBinary(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        var result = TryReadLength(
            0, -1, MessagePackCode.Bin8, MessagePackCode.Bin16, MessagePackCode.Bin32, out var length, out var prefix);
        return result == MessagePackResult.Success ? TryTake(prefix, length, out bytes) : result;
    }

    /// <summary>Reads an array's head. The count never exceeds the bytes left, for each element takes one or more.</summary>
    public MessagePackResult TryReadArrayLength(out int count) => TryReadCount(
        MessagePackCode.FixArray, MessagePackCode.MaxFixArrayLength,
        MessagePackCode.Array16, MessagePackCode.Array32, bytesPerItem: 1, out count);

    /// <summary>Reads a map's head. The count never exceeds half the bytes left.</summary>
    public MessagePackResult TryReadMapLength(out int count) => TryReadCount(
        MessagePackCode.FixMap, MessagePackCode.MaxFixMapLength,
        MessagePackCode.Map16, MessagePackCode.Map32, bytesPerItem: 2, out count);

    /// <summary>Skips one value of any type of the subset.</summary>
    public MessagePackResult TrySkip()
    {
        var start = Consumed;
        var result = TrySkip(MaxDepth);
        if (result != MessagePackResult.Success)
        {
            Consumed = start;
        }

        return result;
    }

    private MessagePackResult TrySkip(int depth)
    {
        var result = TryReadInt64(out _);
        if (result == MessagePackResult.WrongType)
        {
            result = TryReadString(out _);
        }

        if (result == MessagePackResult.WrongType)
        {
            result = TryReadBinary(out _);
        }

        return result == MessagePackResult.WrongType ? TrySkipContainer(depth) : result;
    }

    private MessagePackResult TrySkipContainer(int depth)
    {
        var result = TryReadArrayLength(out var values);
        if (result == MessagePackResult.WrongType)
        {
            result = TryReadMapLength(out var pairs);
            values = 2 * pairs;
        }

        if (result == MessagePackResult.Success && depth == 0)
        {
            return MessagePackResult.TooDeep;
        }

        for (; result == MessagePackResult.Success && values > 0; values--)
        {
            result = TrySkip(depth - 1);
        }

        return result;
    }

    private MessagePackResult TryReadUnsigned(byte code, out long value)
    {
        value = 0;
        var size = 1 << (code - MessagePackCode.UInt8);
        if (!TryReadBigEndian(size, out var raw))
        {
            return MessagePackResult.EndOfBuffer;
        }

        ulong largestShorter = size switch
        {
            1 => MessagePackCode.MaxPositiveFixInt,
            2 => byte.MaxValue,
            4 => ushort.MaxValue,
            _ => uint.MaxValue,
        };
        if (raw <= largestShorter)
        {
            return MessagePackResult.NotCanonical;
        }

        if (raw > long.MaxValue)
        {
            return MessagePackResult.OutOfRange;
        }

        value = (long)raw;
        Consumed += 1 + size;
        return MessagePackResult.Success;
    }

    private MessagePackResult TryReadNegative(byte code, out long value)
    {
        value = 0;
        var size = 1 << (code - MessagePackCode.Int8);
        if (!TryReadBigEndian(size, out var raw))
        {
            return MessagePackResult.EndOfBuffer;
        }

        var unusedBits = 64 - (8 * size);
        var signed = (long)(raw << unusedBits) >> unusedBits;
        long smallestShorter = size switch
        {
            1 => -32,
            2 => sbyte.MinValue,
            4 => short.MinValue,
            _ => int.MinValue,
        };
        if (signed >= smallestShorter)
        {
            return MessagePackResult.NotCanonical;
        }

        value = signed;
        Consumed += 1 + size;
        return MessagePackResult.Success;
    }

    private MessagePackResult TryReadCount(
        byte fix, int maxFix, byte code16, byte code32, int bytesPerItem, out int count)
    {
        var result = TryReadLength(fix, maxFix, code8: null, code16, code32, out count, out var prefix);
        if (result != MessagePackResult.Success)
        {
            return result;
        }

        if ((long)count * bytesPerItem > Rest.Length - prefix)
        {
            return MessagePackResult.EndOfBuffer;
        }

        Consumed += prefix;
        return MessagePackResult.Success;
    }

    /// <summary>Reads a length without moving: <paramref name="prefix"/> is how many bytes it takes.</summary>
    private readonly MessagePackResult TryReadLength(
        byte fix, int maxFix, byte? code8, byte code16, byte code32, out int length, out int prefix)
    {
        length = 0;
        prefix = 1;
        if (AtEnd)
        {
            return MessagePackResult.EndOfBuffer;
        }

        var code = Rest[0];
        if (code >= fix && code <= fix + maxFix)
        {
            length = code - fix;
            return MessagePackResult.Success;
        }

        var size = code == code8 ? 1 : code == code16 ? 2 : code == code32 ? 4 : 0;
        if (size == 0)
        {
            return MessagePackResult.WrongType;
        }

        if (!TryReadBigEndian(size, out var raw))
        {
            return MessagePackResult.EndOfBuffer;
        }

        long largestShorter = size switch
        {
            1 => maxFix,
            2 => code8 is null ? maxFix : byte.MaxValue,
            _ => ushort.MaxValue,
        };
        if ((long)raw <= largestShorter)
        {
            return MessagePackResult.NotCanonical;
        }

        prefix = 1 + size;
        if (raw > (ulong)(Rest.Length - prefix))
        {
            return MessagePackResult.EndOfBuffer;
        }

        length = (int)raw;
        return MessagePackResult.Success;
    }

    private readonly bool TryReadBigEndian(int size, out ulong value)
    {
        value = 0;
        var rest = Rest;
        if (rest.Length < 1 + size)
        {
            return false;
        }

        value = size switch
        {
            1 => rest[1],
            2 => BinaryPrimitives.ReadUInt16BigEndian(rest[1..]),
            4 => BinaryPrimitives.ReadUInt32BigEndian(rest[1..]),
            _ => BinaryPrimitives.ReadUInt64BigEndian(rest[1..]),
        };
        return true;
    }

    private MessagePackResult TryTake(int prefix, int length, out ReadOnlySpan<byte> bytes)
    {
        var rest = Rest;
        if (length > rest.Length - prefix)
        {
            bytes = default;
            return MessagePackResult.EndOfBuffer;
        }

        bytes = rest.Slice(prefix, length);
        Consumed += prefix + length;
        return MessagePackResult.Success;
    }
}
