using System.Buffers.Binary;

namespace NacrithOnnx.Export.Weights;

/// <summary>
/// The key-value part of a GGUF file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Values are kept where
/// they are in the file and read when asked for, so that reading the header takes no memory for them.
/// </summary>
internal sealed class GgufMetadata
{
    // Key (8 length bytes), type, and one byte of value.
    private const int SmallestEntryBytes = 8 + 4 + 1;

    // Arrays of arrays are allowed, but none of the known keys is one.
    private const int MaxArrayDepth = 4;

    private readonly WeightFile _file;
    private readonly Dictionary<string, (GgufValueType Type, long Position)> _values = [];

    /// <summary>Reads through the entries at the cursor.</summary>
    /// <param name="file">File of the cursor.</param>
    /// <param name="cursor">At the first entry; afterwards behind the last.</param>
    /// <param name="count">Number of entries.</param>
    /// <exception cref="EnvironmentException">The entries are broken.</exception>
    public GgufMetadata(WeightFile file, GgufCursor cursor, ulong count)
    {
        _file = file;
        if (count > (ulong)(cursor.Left / SmallestEntryBytes))
        {
            throw file.Broken($"it announces {count} metadata entries, more than it can hold");
        }

        for (ulong i = 0; i < count; i++)
        {
            var key = cursor.Text();
            var type = (GgufValueType)cursor.UInt32();
            if (!_values.TryAdd(key, (type, cursor.Position)))
            {
                throw file.Broken($"the metadata key {key} is there twice");
            }

            SkipValue(cursor, type, 0);
        }
    }

    /// <summary>All keys, in no particular order.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>A text, or null where the key is absent.</summary>
    /// <exception cref="EnvironmentException">It is something else.</exception>
    public string? Text(string key) =>
        Find(key, GgufValueType.Text) is { } position ? new GgufCursor(_file, position).Text() : null;

    /// <summary>A single, or null where the key is absent.</summary>
    /// <exception cref="EnvironmentException">It is something else.</exception>
    public float? Single(string key) =>
        Find(key, GgufValueType.Float32) is { } position
            ? BinaryPrimitives.ReadSingleLittleEndian(new GgufCursor(_file, position).Take(sizeof(float)))
            : null;

    /// <summary>A number from 0 up, or null where the key is absent.</summary>
    /// <exception cref="EnvironmentException">It is something else, or beyond an int.</exception>
    public int? Integer(string key)
    {
        if (Find(key, GgufValueType.UInt32) is not { } position)
        {
            return null;
        }

        var value = new GgufCursor(_file, position).UInt32();
        return value <= int.MaxValue ? (int)value : throw _file.Broken($"{key} is {value}");
    }

    /// <summary>Place of a text in an array of texts, or null where either is absent.</summary>
    /// <exception cref="EnvironmentException">The key is something else than an array of texts.</exception>
    public int? IndexOf(string key, ReadOnlySpan<byte> text)
    {
        if (Find(key, GgufValueType.Array) is not { } position)
        {
            return null;
        }

        var cursor = new GgufCursor(_file, position);
        if ((GgufValueType)cursor.UInt32() != GgufValueType.Text)
        {
            throw _file.Broken($"{key} is not an array of texts");
        }

        var count = cursor.Count(sizeof(ulong));
        for (var i = 0; i < count; i++)
        {
            if (cursor.TextBytes().SequenceEqual(text))
            {
                return i;
            }
        }

        return null;
    }

    private long? Find(string key, GgufValueType type)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            return null;
        }

        return value.Type == type ? value.Position : throw _file.Broken($"{key} is of type {value.Type}, not {type}");
    }

    private void SkipValue(GgufCursor cursor, GgufValueType type, int depth)
    {
        if (type == GgufValueType.Text)
        {
            _ = cursor.TextBytes();
        }
        else if (type == GgufValueType.Array)
        {
            SkipArray(cursor, depth);
        }
        else
        {
            cursor.Skip(Size(type));
        }
    }

    private void SkipArray(GgufCursor cursor, int depth)
    {
        if (depth == MaxArrayDepth)
        {
            throw _file.Broken($"it holds arrays in arrays, more than {MaxArrayDepth} deep");
        }

        var type = (GgufValueType)cursor.UInt32();
        if (type is not (GgufValueType.Text or GgufValueType.Array))
        {
            var size = Size(type);
            cursor.Skip(cursor.Count(size) * size);
            return;
        }

        // A text is at least its length, an array its type and length.
        var count = cursor.Count(type == GgufValueType.Text ? sizeof(ulong) : sizeof(uint) + sizeof(ulong));
        for (long i = 0; i < count; i++)
        {
            SkipValue(cursor, type, depth + 1);
        }
    }

    private int Size(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 => 8,
        _ => throw _file.Broken($"it holds a metadata value of the unknown type {(int)type}"),
    };
}
