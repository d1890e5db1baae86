using System.Text;

namespace NacrithOnnx.Tests.Support;

/// <summary>Writes safetensors files.</summary>
internal sealed class SafetensorsBuilder
{
    private readonly List<string> _entries = [];
    private readonly List<byte> _values = [];

    public SafetensorsBuilder Tensor(string name, string type, long[] shape, byte[] values)
    {
        var start = _values.Count;
        _values.AddRange(values);
        return Entry($"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],"
            + $"\"data_offsets\":[{start},{_values.Count}]}}");
    }

    /// <summary>One entry of the directory, as JSON.</summary>
    public SafetensorsBuilder Entry(string json)
    {
        _entries.Add(json);
        return this;
    }

    public byte[] Build()
    {
        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', _entries)}}}");
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. _values];
    }
}
