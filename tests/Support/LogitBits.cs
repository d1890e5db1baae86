using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Tests.Support;

/// <summary>Results of a model, as bits. Adding +0 merges the two zeros, which mean the same to every reader.</summary>
internal static class LogitBits
{
    private const ulong FnvBasis = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x100000001B3;

    public static uint[] Of(ReadOnlySpan<float> values)
    {
        var bits = new uint[values.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToUInt32Bits(values[i] + 0.0f);
        }

        return bits;
    }

    /// <summary>FNV-1a over the bytes of the bits, little-endian.</summary>
    public static ulong Hash(ReadOnlySpan<uint> bits, ulong hash = FnvBasis)
    {
        foreach (var value in MemoryMarshal.AsBytes(bits))
        {
            hash = (hash ^ value) * FnvPrime;
        }

        return hash;
    }

    /// <summary>Hash of the filled part of a cache.</summary>
    public static ulong Hash(OnnxKeyValueCache cache)
    {
        var hash = FnvBasis;
        var tensors = cache.Tensors;
        for (var layer = 0; layer < tensors.Keys.Length; layer++)
        {
            var keyRows = tensors.Keys[layer].Length / tensors.Positions;
            for (var row = 0; row < keyRows; row++)
            {
                hash = Add(hash, tensors.Keys[layer].Span.Slice(row * tensors.Positions, cache.Length));
            }

            var size = keyRows / tensors.Slots;
            for (var slot = 0; slot < tensors.Slots; slot++)
            {
                var start = slot * tensors.Positions;
                hash = Add(hash, tensors.Values[layer].Span.Slice(start * size, cache.Length * size));
                hash = Hash(Of(tensors.KeyScales[layer].Span.Slice(start, cache.Length)), hash);
                hash = Hash(Of(tensors.ValueScales[layer].Span.Slice(start, cache.Length)), hash);
            }
        }

        return hash;
    }

    /// <summary>Fills a cache with values that no computation may read: the largest bytes, and NaN as scales.</summary>
    public static void Poison(OnnxKeyValueCache cache)
    {
        for (var layer = 0; layer < cache.Tensors.Keys.Length; layer++)
        {
            cache.Tensors.Keys[layer].Span.Fill(sbyte.MinValue);
            cache.Tensors.Values[layer].Span.Fill(sbyte.MinValue);
            cache.Tensors.KeyScales[layer].Span.Fill(float.NaN);
            cache.Tensors.ValueScales[layer].Span.Fill(float.NaN);
        }
    }

    private static ulong Add(ulong hash, ReadOnlySpan<sbyte> values)
    {
        foreach (var value in values)
        {
            hash = (hash ^ (byte)value) * FnvPrime;
        }

        return hash;
    }
}
