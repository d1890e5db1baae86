using System.Buffers.Binary;
using NacrithOnnx.Runtime.Frame;
using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Field 6 of an archive header: the parameters of a profile without a number.</content>
internal static partial class MutationCorpus
{
    private const int ParametersKey = 6;

    /// <summary>Integers with their ranges. Those of "context" and "keep" follow from each other.</summary>
    private static readonly (string Name, long Low, long High)[] Integers =
    [
        ("context", 257, 8192), ("keep", 1, 2047), ("lanes", 1, 1024), ("lane-tokens", 1, int.MaxValue),
        ("primer", 0, int.MaxValue), ("primed-lanes", 1, 1024), ("byte-memory", 16, 28), ("warm-up", 0, 1 << 20),
        ("orders", 0, 8), ("order-bits", 4, 20), ("matches", 0, 4), ("match-length", 1, 32),
    ];

    private static readonly (string Name, float Low, float High)[] Singles =
    [
        ("logit-weight", 0.25f, 4), ("bias-rate", 0, 2), ("bias-decay", 0, 100), ("bias-floor", 0, 1), ("hidden-rate", 0, 4),
        ("hidden-decay", 0, 100), ("hidden-floor", 0, 1), ("order-rate", 0, 1), ("order-start", 0, 4), ("evidence-rate", 0, 4),
        ("evidence-floor", 0, 1),
    ];

    private static IEnumerable<MutationRecipe> Parameters()
    {
        yield return Change(MutationSamples.Plain, "all parameters", null, parts => parts.Header.Set(ParametersKey, Complete()));
        yield return Change(
            MutationSamples.Text, "all parameters of text", null,
            parts =>
            {
                parts.Header.Remove(3);
                parts.Header.Set(ParametersKey, Complete());
            });
        yield return Change(MutationSamples.Text, "a profile and parameters", Corrupt, parts => parts.Header.Set(ParametersKey, Complete()));
        foreach (var name in ProfileParameters.Write(Profiles.Of(Profile)).Keys)
        {
            yield return Change(
                MutationSamples.Plain, $"no parameter \"{name}\"", Corrupt, parts => parts.Header.Set(ParametersKey, Complete(without: name)));
        }

        yield return Parameter("plan", -1, Corrupt);
        yield return Parameter("plan", 1, null);
        yield return Parameter("plan", 2, Corrupt);
        foreach (var (name, low, high) in Integers)
        {
            yield return Parameter(name, low - 1, Corrupt);
            yield return Parameter(name, low, null);
            yield return Parameter(name, high, null);
            yield return Parameter(name, high + 1, Corrupt);
        }

        foreach (var (name, low, high) in Singles)
        {
            yield return Parameter(name, Bits(low > 0 ? float.BitDecrement(low) : -float.Epsilon), Corrupt);
            yield return Parameter(name, Bits(low), null);
            yield return Parameter(name, Bits(high), null);
            yield return Parameter(name, Bits(float.BitIncrement(high)), Corrupt);
            yield return Parameter(name, Bits(float.NaN), Corrupt);
        }

        yield return Parameter("context", 1, Corrupt);
        yield return Parameter("bias-rate", 1L << 32, Corrupt);
        yield return Parameter("bias-rate", -1, Corrupt);
        yield return Parameter("keep", long.MinValue, Corrupt);
        yield return Parameter("keep", long.MaxValue, Corrupt);
        yield return Parameter("unknown", 0, UnsupportedVersion);
        yield return Parameter(new string('a', 64), 0, UnsupportedVersion);
        yield return Parameter(new string('a', 65), 0, Corrupt);
        yield return Parameter("", 0, Corrupt);
        yield return Parameter("a b", 0, Corrupt);
        yield return Parameter("caf\u00E9", 0, Corrupt);
        yield return Raw("no parameters, but a map", 0x80);
        yield return Raw("parameters as array", 0x90);
        yield return Raw("a parameter whose value is a str", [0x81, .. Text("keep"), .. Text("1")]);
        yield return Raw("a parameter whose name is a number", 0x81, 1, 1);
        yield return Raw("a parameter twice", [0x82, .. Text("keep"), 1, .. Text("keep"), 1]);
        yield return Raw("parameters out of order", [0x82, .. Text("keep"), 1, .. Text("context"), 2]);
        yield return Raw("257 parameters", Many(257));
        yield return Change(MutationSamples.Plain, "256 unknown parameters and none of the known", Corrupt, parts => parts.Header.Set(ParametersKey, Many(256)));

        static MutationRecipe Raw(string name, params byte[] value) =>
            Change(MutationSamples.Plain, name, Corrupt, parts => parts.Header.Set(ParametersKey, value));
    }

    private static MutationRecipe Parameter(string name, long value, NacrithErrorCode? code) => Change(
        MutationSamples.Plain, $"parameter \"{name}\" = {value}", code,
        parts => parts.Header.Set(ParametersKey, Complete(with: (name, value))));

    /// <summary>All parameters of profile 2, except one, or with another value of one.</summary>
    private static byte[] Complete(string? without = null, (string Name, long Value)? with = null)
    {
        var map = new SortedDictionary<string, long>(ProfileParameters.Write(Profiles.Of(Profile)).ToDictionary(), StringComparer.Ordinal);
        if (without is not null)
        {
            Assert.True(map.Remove(without));
        }

        if (with is { } changed)
        {
            map[changed.Name] = changed.Value;
        }

        return [0xDE, 0, (byte)map.Count, .. map.SelectMany(pair => (byte[])[.. Text(pair.Key), .. Number(pair.Value)])];
    }

    private static long Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    /// <summary>Any number as MessagePack.</summary>
    private static byte[] Number(long value)
    {
        if (value is >= -32 and <= uint.MaxValue)
        {
            return Int(value);
        }

        var bytes = new byte[9];
        bytes[0] = (byte)(value > 0 ? 0xCF : 0xD3);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Many(int count) =>
        [0xDE, (byte)(count >> 8), (byte)count, .. Enumerable.Range(100, count).SelectMany(number => (byte[])[.. Text($"p{number}"), 0])];
}
