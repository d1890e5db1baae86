using System.Buffers.Binary;

namespace NacrithOnnx.Export.Weights;

/// <summary>Directory of a safetensors file: a 64-bit length, that much JSON, then the values
/// (https://github.com/huggingface/safetensors#format).</summary>
internal static class SafetensorsHeader
{
    // The limit of the reference implementation.
    private const long MaxHeaderBytes = 100_000_000;

    // Free texts, not a tensor.
    private const string MetadataName = "__metadata__";

    /// <summary>Reads the directory.</summary>
    /// <returns>Tensors by name.</returns>
    /// <exception cref="EnvironmentException">The file is broken, or holds an unsupported type.</exception>
    public static Dictionary<string, TensorEntry> Read(WeightFile file)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        file.Read(0, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)Math.Min(MaxHeaderBytes, file.Length - prefix.Length))
        {
            throw file.Broken($"it announces a header of {length} bytes: not a safetensors file, or a truncated one");
        }

        var json = new byte[(int)length];
        file.Read(prefix.Length, json);
        var directory = ConfigObject.Parse(file, json);
        var tensors = new Dictionary<string, TensorEntry>();
        foreach (var name in directory.Names)
        {
            if (name != MetadataName)
            {
                var fields = directory.Object(name) ?? throw file.Broken($"the entry of {name} is null");
                tensors.Add(name, Entry(file, name, fields, prefix.Length + (long)length));
            }
        }

        return tensors;
    }

    private static TensorEntry Entry(WeightFile file, string name, ConfigObject fields, long start)
    {
        var offsets = fields.Integers("data_offsets");
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > file.Length - start)
        {
            throw file.Broken($"the values of {name} do not lie in the file");
        }

        var entry = new TensorEntry(file, name, Type(), fields.Integers("shape"), start + offsets[0]);
        return entry.ByteLength == offsets[1] - offsets[0]
            ? entry
            : throw file.Broken($"{name} takes {entry.ByteLength} bytes but has {offsets[1] - offsets[0]}");

        WeightType Type() => fields.Text("dtype") switch
        {
            "F32" => WeightType.F32,
            "F16" => WeightType.F16,
            "BF16" => WeightType.BF16,
            var other => throw file.Broken(
                $"{name} is of type {other}; F32, F16 and BF16 are the types this exporter reads"),
        };
    }
}
