using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NacrithOnnx.Format;

/// <summary>
/// Reads a header map: small integer keys in strictly ascending order, none left over, nothing behind it. An empty map
/// is written as no bytes at all.
/// </summary>
internal ref struct FieldReader
{
    private readonly string _place;
    private MessagePackReader _reader;
    private int _fieldsLeft;
    private int _lastKey = -1;

    /// <summary>Starts reading.</summary>
    /// <param name="header">All bytes of the header.</param>
    /// <param name="place">What is read and where, for messages: "archive header at byte 0".</param>
    public FieldReader(ReadOnlySpan<byte> header, string place)
    {
        _place = place;
        _reader = new(header);
        if (header.Length > 0)
        {
            Check(_reader.TryReadMapLength(out _fieldsLeft));
            if (_fieldsLeft == 0)
            {
                Refuse("writes an empty map in a longer way than needed");
            }
        }
    }

    /// <summary>Moves to the next field.</summary>
    /// <returns>False behind the last one.</returns>
    public bool TryReadKey(out int key)
    {
        key = 0;
        if (_fieldsLeft == 0)
        {
            if (!_reader.AtEnd)
            {
                Refuse("has bytes behind its last field");
            }

            return false;
        }

        key = (int)ReadInteger(0, FormatConstants.MaxFieldKey);
        if (key <= _lastKey)
        {
            Refuse("has a field twice or out of order");
        }

        _lastKey = key;
        _fieldsLeft--;
        return true;
    }

    /// <summary>Reads an integer and refuses one outside the bounds, both inclusive.</summary>
    public long ReadInteger(long min, long max)
    {
        Check(_reader.TryReadInt64(out var value));
        if (value < min || value > max)
        {
            Refuse($"holds the number {value} where {min} to {max} is allowed");
        }

        return value;
    }

    /// <summary>Reads binary data of exactly <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBinary(int length)
    {
        Check(_reader.TryReadBinary(out var bytes));
        if (bytes.Length != length)
        {
            Refuse($"holds {bytes.Length} bytes where {length} belong");
        }

        return bytes;
    }

    /// <summary>Reads a string of 1 to <paramref name="maxLength"/> printable ASCII characters without blanks.</summary>
    public string ReadName(int maxLength)
    {
        Check(_reader.TryReadString(out var utf8));
        if (utf8.Length == 0 || utf8.Length > maxLength || utf8.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            Refuse($"holds a name that is not 1 to {maxLength} printable characters");
        }

        return Encoding.ASCII.GetString(utf8);
    }

    /// <summary>Reads an array's head and refuses a count outside the bounds, both inclusive.</summary>
    public int ReadArrayLength(int min, int max)
    {
        Check(_reader.TryReadArrayLength(out var count));
        return CheckCount(count, min, max);
    }

    /// <summary>Reads a map's head and refuses a count outside the bounds, both inclusive.</summary>
    public int ReadMapLength(int min, int max)
    {
        Check(_reader.TryReadMapLength(out var count));
        return CheckCount(count, min, max);
    }

    /// <summary>Passes over a field this reader does not know, if it may.</summary>
    /// <exception cref="UnsupportedVersionException">The field must be understood.</exception>
    public void SkipUnknown(int key)
    {
        if (key < FormatConstants.FirstAncillaryKey)
        {
            throw new UnsupportedVersionException(
                $"The {_place} uses field {key}, which needs a newer version of this program.");
        }

        Check(_reader.TrySkip());
    }

    /// <summary>Fails for a rule broken by what was read.</summary>
    [DoesNotReturn]
    public readonly void Refuse(string what) => throw new CorruptArchiveException($"The {_place} {what}.");

    /// <summary>Fails if a field that must be there is missing.</summary>
    public readonly void Require([DoesNotReturnIf(false)] bool present, string field)
    {
        if (!present)
        {
            Refuse($"lacks the {field}");
        }
    }

    private readonly int CheckCount(int count, int min, int max)
    {
        if (count < min || count > max)
        {
            Refuse($"lists {count} items where {min} to {max} are allowed");
        }

        return count;
    }

    private readonly void Check(MessagePackResult result)
    {
        if (result == MessagePackResult.Success)
        {
            return;
        }

        Refuse(result switch
        {
            MessagePackResult.EndOfBuffer => "ends in the middle of a value",
            MessagePackResult.NotCanonical => "writes a value in a longer way than needed",
            MessagePackResult.OutOfRange => "holds a number beyond 63 bits",
            MessagePackResult.TooDeep => "nests values too deeply",
            _ => "holds a value of the wrong type",
        });
    }
}
