using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Format;

namespace NacrithOnnx.Train.Files;

/// <summary>Writes safetensors files, and reads small ones whole (https://github.com/huggingface/safetensors#format).</summary>
internal static class SafetensorsFile
{
    /// <summary>The values begin at a multiple of this, as the format recommends; spaces fill the header.</summary>
    private const int Alignment = 8;

    /// <summary>Writes a file, one tensor in memory at a time.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="type">F32 or BF16.</param>
    /// <param name="tensors">Names and dimensions.</param>
    /// <param name="read">Gives the values of a tensor.</param>
    public static void Write(
        string path, WeightType type, IReadOnlyList<(string Name, long[] Shape)> tensors, Func<string, float[]> read)
    {
        using var file = File.Create(path);
        var header = Header(type, tensors);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach (var (name, _) in tensors)
        {
            file.Write(Bytes(type, read(name)));
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="EnvironmentException">The file is broken.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(string path)
    {
        using var file = new WeightFile(path);
        return SafetensorsHeader.Read(file).ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Read());
    }

    private static byte[] Header(WeightType type, IReadOnlyList<(string Name, long[] Shape)> tensors)
    {
        var directory = new Dictionary<string, object>();
        var end = 0L;
        foreach (var (name, shape) in tensors)
        {
            var start = end;
            end += shape.Aggregate((product, dimension) => product * dimension) * Dequantizer.BlockBytes(type);
            directory.Add(name, new { dtype = type.ToString(), shape, data_offsets = (long[])[start, end] });
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(directory);
        var header = new byte[(json.Length + Alignment - 1) / Alignment * Alignment];
        header.AsSpan().Fill((byte)' ');
        json.CopyTo(header, 0);
        return header;
    }

    private static ReadOnlySpan<byte> Bytes(WeightType type, float[] values)
    {
        if (type == WeightType.F32)
        {
            return MemoryMarshal.AsBytes(values.AsSpan());
        }

        var halves = new ushort[values.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = ToBFloat16(values[i]);
        }

        return MemoryMarshal.AsBytes(halves.AsSpan());
    }

    /// <summary>Rounds to nearest, ties to even; a bfloat16 is the upper half of a single.</summary>
    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
