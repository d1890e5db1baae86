using System.Runtime.CompilerServices;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Everything that decides how payloads are decoded and is not in the frames. It stands in the archive's header, so no
/// later default can break an old archive.
/// </summary>
internal sealed record CodecParameters(WindowSettings Window, PredictorSettings Predictor, ByteCoderSettings Bytes)
{
    /// <summary>What an archive of format 1 means where it says nothing. Frozen: see docs/format.md.</summary>
    public static CodecParameters Standard { get; } = new(
        new WindowSettings(1024, 384), PredictorSettings.Ensemble, new ByteCoderSettings(ByteCoderSettings.DefaultMemoryBits));

    /// <summary>Bytes of the tables whose size is a parameter: contexts of all orders, and histories of the byte coder.</summary>
    public long TableLength =>
        ((long)Predictor.ContextOrders * Unsafe.SizeOf<ContextSlot>() << Predictor.ContextBits) + (1L << Bytes.MemoryBits);

    /// <summary>As named numbers for the header.</summary>
    public IReadOnlyDictionary<string, long> ToHeader()
    {
        var map = new ParameterMap();
        var (p, s) = (Predictor, Standard.Predictor);
        map.Put("context", Window.Context, Standard.Window.Context);
        map.Put("keep", Window.Keep, Standard.Window.Keep);
        map.Put("byte-memory", Bytes.MemoryBits, Standard.Bytes.MemoryBits);
        map.Put("logit-weight", p.LogitWeight, s.LogitWeight);
        map.Put("bias-rate", p.BiasRate, s.BiasRate);
        map.Put("bias-decay", p.BiasDecay, s.BiasDecay);
        map.Put("bias-floor", p.BiasFloor, s.BiasFloor);
        map.Put("warm-up", p.Warmup, s.Warmup);
        map.Put("hidden-rate", p.HiddenRate, s.HiddenRate);
        map.Put("hidden-decay", p.HiddenDecay, s.HiddenDecay);
        map.Put("hidden-floor", p.HiddenFloor, s.HiddenFloor);
        map.Put("orders", p.ContextOrders, s.ContextOrders);
        map.Put("order-bits", p.ContextBits, s.ContextBits);
        map.Put("order-rate", p.ContextRate, s.ContextRate);
        map.Put("order-start", p.ContextStart, s.ContextStart);
        map.Put("matches", p.MatchCandidates, s.MatchCandidates);
        map.Put("match-length", p.MatchLength, s.MatchLength);
        map.Put("evidence-rate", p.EvidenceRate, s.EvidenceRate);
        map.Put("evidence-floor", p.EvidenceFloor, s.EvidenceFloor);
        return map.Values;
    }

    /// <summary>Reads them back.</summary>
    /// <param name="values">The header's numbers.</param>
    /// <param name="positions">Longest context of the model.</param>
    /// <exception cref="UnsupportedVersionException">There is a parameter of a later version.</exception>
    /// <exception cref="CorruptArchiveException">A parameter is out of range.</exception>
    public static CodecParameters FromHeader(IReadOnlyDictionary<string, long> values, int positions)
    {
        var map = new ParameterMap(values);
        var s = Standard.Predictor;
        var context = map.Take("context", Standard.Window.Context, 2, positions);
        var window = new WindowSettings(context, map.Take("keep", Standard.Window.Keep, 1, context - 1));
        var bytes = new ByteCoderSettings(map.Take(
            "byte-memory", Standard.Bytes.MemoryBits, ByteCoderSettings.MinMemoryBits, ByteCoderSettings.MaxMemoryBits));
        var predictor = new PredictorSettings
        {
            LogitWeight = map.Take("logit-weight", s.LogitWeight),
            BiasRate = map.Take("bias-rate", s.BiasRate),
            BiasDecay = map.Take("bias-decay", s.BiasDecay),
            BiasFloor = map.Take("bias-floor", s.BiasFloor),
            Warmup = map.Take("warm-up", s.Warmup, int.MinValue, int.MaxValue),
            HiddenRate = map.Take("hidden-rate", s.HiddenRate),
            HiddenDecay = map.Take("hidden-decay", s.HiddenDecay),
            HiddenFloor = map.Take("hidden-floor", s.HiddenFloor),
            ContextOrders = map.Take("orders", s.ContextOrders, 0, PredictorSettings.MaximumContextOrders),
            ContextBits = map.Take("order-bits", s.ContextBits, int.MinValue, int.MaxValue),
            ContextRate = map.Take("order-rate", s.ContextRate),
            ContextStart = map.Take("order-start", s.ContextStart),
            MatchCandidates = map.Take("matches", s.MatchCandidates, 0, PredictorSettings.MaximumMatches),
            MatchLength = map.Take("match-length", s.MatchLength, int.MinValue, int.MaxValue),
            EvidenceRate = map.Take("evidence-rate", s.EvidenceRate),
            EvidenceFloor = map.Take("evidence-floor", s.EvidenceFloor),
        };
        map.Complete();
        try
        {
            predictor.Validate();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new CorruptArchiveException($"A parameter of the archive is out of range: {exception.Message}", exception);
        }

        return new CodecParameters(window, predictor, bytes);
    }
}
