using System.Buffers.Binary;

namespace NacrithOnnx.Export.Weights;

/// <summary>Opens weights in whatever format they are.</summary>
internal static class WeightSources
{
    /// <summary>Opens a GGUF file (known by its first bytes), a safetensors file or a safetensors index.</summary>
    /// <exception cref="EnvironmentException">It cannot be read, or is not a model this exporter can use.</exception>
    public static IWeightSource Open(string path) => IsGguf(path) ? new GgufWeights(path) : new SafetensorsWeights(path);

    private static bool IsGguf(string path)
    {
        using var file = new WeightFile(path);
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        file.Read(0, magic);
        return BinaryPrimitives.ReadUInt32LittleEndian(magic) == GgufHeader.Magic;
    }
}
