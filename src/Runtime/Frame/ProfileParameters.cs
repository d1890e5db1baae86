using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Mix;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// A profile without a number, as the named numbers of an archive's header. All of them are written and required: there
/// are no defaults that a later version could change.
/// </summary>
internal static class ProfileParameters
{
    /// <summary>The plans, by the number that stands for them.</summary>
    private static readonly ArithmeticPlan[] Plans = [ArithmeticPlan.Fast, ArithmeticPlan.Precise];

    /// <summary>The parameters of a profile, by name.</summary>
    public static IReadOnlyDictionary<string, long> Write(Profile profile)
    {
        var (lanes, predictor) = (profile.Lanes, profile.Predictor);
        return new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["plan"] = Array.IndexOf(Plans, profile.Plan),
            ["context"] = profile.Window.Context,
            ["keep"] = profile.Window.Keep,
            ["lanes"] = lanes.MaxLanes,
            ["lane-tokens"] = lanes.LaneTokens,
            ["primer"] = lanes.PrimerTokens,
            ["primed-lanes"] = lanes.PrimedLanes,
            ["byte-memory"] = profile.Bytes.MemoryBits,
            ["logit-weight"] = Bits(predictor.LogitWeight),
            ["bias-rate"] = Bits(predictor.BiasRate),
            ["bias-decay"] = Bits(predictor.BiasDecay),
            ["bias-floor"] = Bits(predictor.BiasFloor),
            ["warm-up"] = predictor.Warmup,
            ["hidden-rate"] = Bits(predictor.HiddenRate),
            ["hidden-decay"] = Bits(predictor.HiddenDecay),
            ["hidden-floor"] = Bits(predictor.HiddenFloor),
            ["orders"] = predictor.ContextOrders,
            ["order-bits"] = predictor.ContextBits,
            ["order-rate"] = Bits(predictor.ContextRate),
            ["order-start"] = Bits(predictor.ContextStart),
            ["matches"] = predictor.MatchCandidates,
            ["match-length"] = predictor.MatchLength,
            ["evidence-rate"] = Bits(predictor.EvidenceRate),
            ["evidence-floor"] = Bits(predictor.EvidenceFloor),
        };
    }

    /// <summary>The profile that a header writes out.</summary>
    /// <exception cref="UnsupportedVersionException">There is a parameter of a later version.</exception>
    /// <exception cref="CorruptArchiveException">A parameter is missing or out of range.</exception>
    public static Profile Read(IReadOnlyDictionary<string, long> values)
    {
        var map = new ParameterMap(values);
        var plan = Plans[map.Take("plan", 0, Plans.Length - 1)];
        var context = map.Take("context", 2, ExactArithmetic.MaxPositions);
        var window = new WindowSettings(context, map.Take("keep", 1, context - 1));
        var lanes = new LaneRule(
            map.Take("lanes", 1, LaneRule.Most), map.Take("lane-tokens", 1, int.MaxValue),
            map.Take("primer", 0, int.MaxValue), map.Take("primed-lanes", 1, LaneRule.Most));
        var bytes = new ByteCoderSettings(
            map.Take("byte-memory", ByteCoderSettings.MinMemoryBits, ByteCoderSettings.MaxMemoryBits));
        var predictor = new PredictorSettings
        {
            LogitWeight = map.TakeSingle("logit-weight"),
            BiasRate = map.TakeSingle("bias-rate"),
            BiasDecay = map.TakeSingle("bias-decay"),
            BiasFloor = map.TakeSingle("bias-floor"),
            Warmup = map.Take("warm-up", int.MinValue, int.MaxValue),
            HiddenRate = map.TakeSingle("hidden-rate"),
            HiddenDecay = map.TakeSingle("hidden-decay"),
            HiddenFloor = map.TakeSingle("hidden-floor"),
            ContextOrders = map.Take("orders", 0, PredictorSettings.MaximumContextOrders),
            ContextBits = map.Take("order-bits", int.MinValue, int.MaxValue),
            ContextRate = map.TakeSingle("order-rate"),
            ContextStart = map.TakeSingle("order-start"),
            MatchCandidates = map.Take("matches", 0, PredictorSettings.MaximumMatches),
            MatchLength = map.Take("match-length", int.MinValue, int.MaxValue),
            EvidenceRate = map.TakeSingle("evidence-rate"),
            EvidenceFloor = map.TakeSingle("evidence-floor"),
        };
        map.Complete();
        try
        {
            predictor.Validate();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new CorruptArchiveException(
                $"A parameter of the archive is out of range: {exception.Message}", exception);
        }

        return new Profile(0, plan, window, lanes, predictor, bytes);
    }

    private static long Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
