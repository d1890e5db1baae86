using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MessagePack;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads a header map: integer keys in ascending order, each value in the only encoding that docs/format.md allows.
/// An empty map takes no bytes. The package accepts many encodings of a value, so each value is written again and
/// compared with the bytes it was read from.
/// </summary>
internal ref struct FieldReader
{
    /// <summary>
    /// Most containers inside each other in a skipped value: hostile nesting must not exhaust the stack.
    /// </summary>
    public const int MaxDepth = 8;

    /// <summary>Room for a rewritten value: the longest in most maps is a SHA-256, with its head and some slack.</summary>
    private const int RewriteCapacity = 64;

    private readonly ReadOnlyMemory<byte> _map;
    private readonly string _place;
    private ArrayBufferWriter<byte>? _rewritten;
    private MessagePackReader _reader;
    private int _fieldsLeft;
    private int _lastKey = -1;

    /// <summary>Starts reading.</summary>
    /// <param name="map">All bytes of the map.</param>
    /// <param name="place">The header and its offset, for messages: "archive header at byte 0".</param>
    public FieldReader(ReadOnlyMemory<byte> map, string place)
    {
        _map = map;
        _place = place;
        _reader = new(map);
        if (map.Length > 0)
        {
            _fieldsLeft = ReadMapLength(1, int.MaxValue);
        }
    }

    private delegate T ReadValue<T>(ref MessagePackReader reader);

    private delegate void WriteValue<T>(ref MessagePackWriter writer, T value);

    /// <summary>Moves to the next field.</summary>
    /// <returns>False after the last field.</returns>
    public bool TryReadKey(out int key)
    {
        key = 0;
        if (_fieldsLeft == 0)
        {
            if (!_reader.End)
            {
                Refuse("has bytes after its last field");
            }

            return false;
        }

        key = (int)ReadInteger(0, FormatConstants.MaxFieldKey);
        if (key <= _lastKey)
        {
            Refuse("has duplicate or unsorted fields");
        }

        _lastKey = key;
        _fieldsLeft--;
        return true;
    }

    /// <summary>Reads an integer within inclusive bounds.</summary>
    public long ReadInteger(long min, long max)
    {
        var value = Read(
            static (ref reader) => reader.ReadInt64(), static (ref writer, value) => writer.Write(value));
        if (value < min || value > max)
        {
            Refuse($"holds the number {value}; {min} to {max} is allowed");
        }

        return value;
    }

    /// <summary>Reads binary data of exactly <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBinary(int length)
    {
        var bytes = ReadBinary();
        if (bytes.Length != length)
        {
            Refuse($"holds {bytes.Length} bytes of binary data; {length} are expected");
        }

        return bytes;
    }

    /// <summary>
    /// Reads a string of 1 to <paramref name="maxLength"/> printable ASCII characters without spaces.
    /// </summary>
    public string ReadName(int maxLength)
    {
        var utf8 = ReadString();
        if (utf8.Length == 0 || utf8.Length > maxLength || utf8.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            Refuse($"holds a name that is not 1 to {maxLength} printable ASCII characters");
        }

        return Encoding.ASCII.GetString(utf8);
    }

    /// <summary>Reads the head of a map whose length is within inclusive bounds.</summary>
    public int ReadMapLength(int min, int max)
    {
        var count = Read(
            static (ref reader) => reader.ReadMapHeader(), static (ref writer, count) => writer.WriteMapHeader(count));
        return CheckCount(count, min, max);
    }

    /// <summary>Skips a field that this reader does not know, if the format allows it.</summary>
    /// <exception cref="UnsupportedVersionException">Readers must understand the field.</exception>
    public void SkipUnknown(int key)
    {
        if (key < FormatConstants.FirstAncillaryKey)
        {
            throw new UnsupportedVersionException(
                $"The {_place} has field {key}, which needs a newer version of this program.");
        }

        SkipValue(MaxDepth);
    }

    /// <summary>Fails because the map breaks a rule.</summary>
    [DoesNotReturn]
    public readonly void Refuse(string what, Exception? inner = null) =>
        throw new CorruptArchiveException($"The {_place} {what}.", inner);

    /// <summary>Fails unless a required field is present.</summary>
    public readonly void Require([DoesNotReturnIf(false)] bool present, string field)
    {
        if (!present)
        {
            Refuse($"lacks the {field}");
        }
    }

    private static ReadOnlySequence<byte> NotNil(ReadOnlySequence<byte>? bytes) =>
        bytes ?? throw new MessagePackSerializationException("nil");

    // The map is one array, so its slices are single segments.
    private ReadOnlySpan<byte> ReadBinary() => Read(
        static (ref reader) => NotNil(reader.ReadBytes()), static (ref writer, bytes) => writer.Write(bytes)).FirstSpan;

    private ReadOnlySpan<byte> ReadString() => Read(
        static (ref reader) => NotNil(reader.ReadStringSequence()),
        static (ref writer, utf8) => writer.WriteString(utf8)).FirstSpan;

    private int ReadArrayLength() => Read(
        static (ref reader) => reader.ReadArrayHeader(), static (ref writer, count) => writer.WriteArrayHeader(count));

    private void SkipValue(int depth)
    {
        switch (_reader.End ? MessagePackType.Unknown : _reader.NextMessagePackType)
        {
            case MessagePackType.String:
                ReadString();
                break;
            case MessagePackType.Binary:
                ReadBinary();
                break;
            case MessagePackType.Array:
                SkipValues(ReadArrayLength(), depth);
                break;
            case MessagePackType.Map:
                SkipValues(2L * ReadMapLength(0, int.MaxValue), depth);
                break;
            default:
                ReadInteger(long.MinValue, long.MaxValue);
                break;
        }
    }

    private void SkipValues(long count, int depth)
    {
        if (depth == 0)
        {
            Refuse("nests values too deeply");
        }

        for (; count > 0; count--)
        {
            SkipValue(depth - 1);
        }
    }

    private readonly int CheckCount(int count, int min, int max)
    {
        if (count < min || count > max)
        {
            Refuse($"lists {count} items; {min} to {max} are allowed");
        }

        return count;
    }

    /// <summary>Reads a value and checks that writing it gives the same bytes.</summary>
    private T Read<T>(ReadValue<T> read, WriteValue<T> write)
    {
        var start = (int)_reader.Consumed;
        T value = default!;
        try
        {
            value = read(ref _reader);
        }
        catch (EndOfStreamException inner)
        {
            Refuse("ends inside a value", inner);
        }
        catch (OverflowException inner)
        {
            Refuse("holds a number that does not fit 64 signed bits", inner);
        }
        catch (Exception inner) when (inner is MessagePackSerializationException or ArgumentOutOfRangeException)
        {
            Refuse("holds a value of the wrong type", inner);
        }

        var rewritten = _rewritten ??= new(RewriteCapacity);
        rewritten.ResetWrittenCount();
        var writer = new MessagePackWriter(rewritten);
        write(ref writer, value);
        writer.Flush();
        if (!rewritten.WrittenSpan.SequenceEqual(_map.Span[start..(int)_reader.Consumed]))
        {
            Refuse("does not use the shortest encoding of a value");
        }

        return value;
    }
}
