using System.Numerics;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Sizes of a predictor's tables, a pure function of the input's length and the settings: part of the format.</summary>
/// <param name="HistoryBits">log2 of the bytes for bit histories.</param>
/// <param name="MatchBits">log2 of the positions each match model remembers.</param>
/// <param name="RefinerBits">log2 of the contexts of the hashed refiner.</param>
/// <param name="PairBits">log2 of the cells for pairs of bytes.</param>
internal readonly record struct PredictorSizes(int HistoryBits, int MatchBits, int RefinerBits, int PairBits)
{
    /// <summary>A byte touches two slots of 16 bytes per context, but most of them again and again: 128 bytes do.</summary>
    private const int HistoryBitsPerByte = 7;

    private const int MinHistoryBits = 12;
    private const int MinMatchBits = 8;
    private const int MaxMatchBits = 20;
    private const int MinRefinerBits = 8;
    private const int MaxRefinerBits = 10;
    private const int PairBitsPerByte = 3;
    private const int MinPairBits = 12;
    private const int MaxPairBits = 18;

    /// <summary>Sizes for one input: small ones must not pay for clearing megabytes.</summary>
    /// <param name="length">Input bytes.</param>
    /// <param name="settings">Upper bounds.</param>
    public static PredictorSizes For(int length, ByteCoderSettings settings)
    {
        var log = BitOperations.Log2((uint)Math.Max(length, 1)) + 1;
        var history = Math.Min(Math.Max(log + HistoryBitsPerByte, MinHistoryBits), settings.MemoryBits);
        return new PredictorSizes(
            history,
            Math.Clamp(log, MinMatchBits, Math.Min(MaxMatchBits, settings.MemoryBits - 3)),
            Math.Clamp(log, MinRefinerBits, MaxRefinerBits),
            Math.Clamp(log + PairBitsPerByte, MinPairBits, MaxPairBits));
    }
}
