using System.Buffers.Binary;

namespace NacrithOnnx.Export.Weights;

/// <summary>
/// Converts stored values to singles, with the same bits as llama.cpp's dequantize_row functions (ggml-quants.c). Every
/// product of a half scale (11 bits) and an integer (8 bits) is exact, so the result does not depend on fused
/// multiply-add.
/// </summary>
internal static class Dequantizer
{
    /// <summary>Values in a quantised block.</summary>
    private const int Block = 32;

    private const int HalfBytes = 2;

    /// <summary>Values stored together: the length of a row must be a multiple of this.</summary>
    public static int BlockLength(WeightType type) => type switch
    {
        WeightType.Q8_0 or WeightType.Q4_0 or WeightType.Q4_1 => Block,
        _ => 1,
    };

    /// <summary>Bytes of one block.</summary>
    public static int BlockBytes(WeightType type) => type switch
    {
        WeightType.F32 => sizeof(float),
        WeightType.F16 or WeightType.BF16 => HalfBytes,
        WeightType.Q8_0 => HalfBytes + Block,
        WeightType.Q4_0 => HalfBytes + (Block / 2),
        WeightType.Q4_1 => HalfBytes + HalfBytes + (Block / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown type"),
    };

    /// <summary>Reads as many values as the destination holds.</summary>
    /// <param name="type">How they are stored.</param>
    /// <param name="source">The bytes of complete blocks, and no more.</param>
    /// <param name="destination">Receives exactly the values of those blocks.</param>
    public static void Dequantize(WeightType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        var length = BlockLength(type);
        var bytes = BlockBytes(type);
        if (source.Length % bytes != 0 || source.Length / bytes * length != destination.Length)
        {
            throw new ArgumentException($"{source.Length} bytes are not {destination.Length} values of {type}");
        }

        for (; destination.Length > 0; source = source[bytes..], destination = destination[length..])
        {
            DequantizeBlock(type, source[..bytes], destination[..length]);
        }
    }

    private static void DequantizeBlock(WeightType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type)
        {
            case WeightType.F32:
                destination[0] = BinaryPrimitives.ReadSingleLittleEndian(source);
                break;
            case WeightType.F16:
                destination[0] = Half(source);
                break;
            case WeightType.BF16:
                destination[0] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(source) << 16);
                break;
            case WeightType.Q8_0:
                Bytes(Half(source), source[HalfBytes..], destination);
                break;
            case WeightType.Q4_0:
                Nibbles(Half(source), 8, 0, source[HalfBytes..], destination);
                break;
            case WeightType.Q4_1:
                Nibbles(Half(source), 0, Half(source[HalfBytes..]), source[(2 * HalfBytes)..], destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "unknown type");
        }
    }

    private static float Half(ReadOnlySpan<byte> source) => (float)BinaryPrimitives.ReadHalfLittleEndian(source);

    private static void Bytes(float scale, ReadOnlySpan<byte> integers, Span<float> destination)
    {
        for (var i = 0; i < Block; i++)
        {
            destination[i] = (sbyte)integers[i] * scale;
        }
    }

    // The low nibbles are the first half of the block, the high nibbles the second.
    private static void Nibbles(
        float scale, int zero, float minimum, ReadOnlySpan<byte> integers, Span<float> destination)
    {
        for (var i = 0; i < Block / 2; i++)
        {
            destination[i] = (((integers[i] & 0xF) - zero) * scale) + minimum;
            destination[i + (Block / 2)] = (((integers[i] >> 4) - zero) * scale) + minimum;
        }
    }
}
