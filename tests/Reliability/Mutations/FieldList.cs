using NacrithOnnx.Tests.Format.Independent;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>The fields of a header map, each as bytes, so that any field can have any content.</summary>
internal sealed class FieldList
{
    private readonly List<(byte Key, byte[] Value)> _fields = [];
    private byte[]? _raw;

    /// <summary>Parses a map.</summary>
    public FieldList(byte[] map)
    {
        for (var at = 1; at < map.Length;)
        {
            var key = map[at++];
            var start = at;
            IndependentMessagePack.Read(map, ref at);
            _fields.Add((key, map[start..at]));
        }
    }

    /// <summary>The map: a fixmap of at most 15 fields, in the order of the list.</summary>
    public byte[] Bytes => _raw ?? (_fields.Count == 0
        ? []
        : [(byte)(0x80 + _fields.Count), .. _fields.SelectMany(entry => (byte[])[entry.Key, .. entry.Value])]);

    /// <summary>The bytes of a field's value.</summary>
    public byte[] this[int key] => _fields.Single(entry => entry.Key == key).Value;

    /// <summary>Replaces the value of a field, or inserts a new field in order of its key.</summary>
    public void Set(int key, params byte[] value)
    {
        _fields.RemoveAll(entry => entry.Key == key);
        var place = _fields.FindIndex(entry => entry.Key > key);
        _fields.Insert(place < 0 ? _fields.Count : place, ((byte)key, value));
    }

    /// <summary>Appends a field, whatever its key.</summary>
    public void Append(int key, params byte[] value) => _fields.Add(((byte)key, value));

    public void Remove(int key) => Assert.Equal(1, _fields.RemoveAll(entry => entry.Key == key));

    /// <summary>Replaces the map with these bytes.</summary>
    public void Replace(params byte[] map) => _raw = map;
}
