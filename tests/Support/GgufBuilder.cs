using System.Text;
using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Tests.Support;

/// <summary>Writes valid and invalid GGUF files.</summary>
internal sealed class GgufBuilder
{
    private readonly List<(string Key, GgufValueType Type, byte[] Value)> _entries = [];
    private readonly List<(string Name, uint Type, long[] Shape, byte[] Values)> _tensors = [];

    public uint Version { get; set; } = 3;

    public int Alignment { get; set; } = 32;

    public GgufBuilder Text(string key, string value) => Entry(key, GgufValueType.Text, TextBytes(value));

    public GgufBuilder UInt32(string key, uint value) =>
        Entry(key, GgufValueType.UInt32, BitConverter.GetBytes(value));

    public GgufBuilder Single(string key, float value) =>
        Entry(key, GgufValueType.Float32, BitConverter.GetBytes(value));

    public GgufBuilder Texts(string key, params string[] values) => Entry(
        key,
        GgufValueType.Array,
        [
            .. BitConverter.GetBytes((uint)GgufValueType.Text),
            .. BitConverter.GetBytes((ulong)values.Length),
            .. values.SelectMany(TextBytes),
        ]);

    public GgufBuilder Entry(string key, GgufValueType type, byte[] value)
    {
        _entries.RemoveAll(entry => entry.Key == key);
        _entries.Add((key, type, value));
        return this;
    }

    public GgufBuilder Without(string keyOrTensor)
    {
        _entries.RemoveAll(entry => entry.Key == keyOrTensor);
        _tensors.RemoveAll(tensor => tensor.Name == keyOrTensor);
        return this;
    }

    /// <param name="name">llama.cpp's name.</param>
    /// <param name="type">Number in enum ggml_type.</param>
    /// <param name="shape">Outermost dimension first.</param>
    /// <param name="values">Stored values.</param>
    public GgufBuilder Tensor(string name, uint type, long[] shape, byte[] values)
    {
        _tensors.RemoveAll(tensor => tensor.Name == name);
        _tensors.Add((name, type, shape, values));
        return this;
    }

    /// <summary>Bytes before the first value.</summary>
    public int HeaderLength => Build().Length - _tensors.Sum(tensor => Aligned(tensor.Values.Length));

    public byte[] Build()
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((ulong)_tensors.Count);
        writer.Write((ulong)_entries.Count);
        foreach (var (key, type, value) in _entries)
        {
            writer.Write(TextBytes(key));
            writer.Write((uint)type);
            writer.Write(value);
        }

        ulong offset = 0;
        foreach (var (name, type, shape, values) in _tensors)
        {
            writer.Write(TextBytes(name));
            writer.Write((uint)shape.Length);
            foreach (var dimension in shape.Reverse())
            {
                writer.Write((ulong)dimension);
            }

            writer.Write(type);
            writer.Write(offset);
            offset += (ulong)Aligned(values.Length);
        }

        Pad();
        foreach (var tensor in _tensors)
        {
            writer.Write(tensor.Values);
            Pad();
        }

        return stream.ToArray();

        void Pad() => writer.Write(new byte[Aligned((int)stream.Position) - (int)stream.Position]);
    }

    private int Aligned(int length) => (length + Alignment - 1) / Alignment * Alignment;

    private static byte[] TextBytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes];
    }
}
