using System.Buffers;
using System.Diagnostics;
using MessagePack;

namespace NacrithOnnx.Format;

/// <summary>Writes a header map in the encoding that <see cref="FieldReader"/> accepts.</summary>
internal sealed class FieldWriter
{
    private readonly ArrayBufferWriter<byte> _fields = new();
    private int _count;
    private int _lastKey = -1;

    /// <summary>Adds an integer.</summary>
    public void WriteInteger(int key, long value)
    {
        var writer = StartField(key);
        writer.Write(value);
        writer.Flush();
    }

    /// <summary>Adds binary data.</summary>
    public void WriteBinary(int key, ReadOnlySpan<byte> bytes)
    {
        var writer = StartField(key);
        writer.Write(bytes);
        writer.Flush();
    }

    /// <summary>Adds a string.</summary>
    public void WriteName(int key, string name)
    {
        var writer = StartField(key);
        writer.Write(name);
        writer.Flush();
    }

    /// <summary>Adds a map of names to integers, in the order given.</summary>
    public void WriteMap(int key, IReadOnlyCollection<KeyValuePair<string, long>> pairs)
    {
        var writer = StartField(key);
        writer.WriteMapHeader(pairs.Count);
        foreach (var (name, value) in pairs)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Flush();
    }

    /// <summary>Appends the whole map: no bytes if it has no fields.</summary>
    public void CopyTo(IBufferWriter<byte> output)
    {
        if (_count > 0)
        {
            var writer = new MessagePackWriter(output);
            writer.WriteMapHeader(_count);
            writer.Flush();
            output.Write(_fields.WrittenSpan);
        }
    }

    private MessagePackWriter StartField(int key)
    {
        Debug.Assert(key > _lastKey && key <= FormatConstants.MaxFieldKey, "Keys ascend and take one byte.");
        _lastKey = key;
        _count++;
        var writer = new MessagePackWriter(_fields);
        writer.Write(key);
        return writer;
    }
}
