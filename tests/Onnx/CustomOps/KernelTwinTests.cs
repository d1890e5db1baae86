using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx.CustomOps;

/// <summary>
/// Every kernel against its specification: without the kernels, ONNX Runtime runs the function bodies of the model.
/// </summary>
public sealed class KernelTwinTests
{
    private static readonly string[] Plans = ["fast", "precise"];
    private static readonly int[] Counts = [1, 2, 7, 64, 65, 130];
    private static readonly int[] Pasts = [0, 1, 63, 64, 65, 200];

    private static readonly Dictionary<string, Lazy<List<Outcome>>> Specification =
        Plans.ToDictionary(plan => plan, plan => new Lazy<List<Outcome>>(() => Run(plan, KernelWidth.None, 1)));

    public static TheoryData<string, int, int, bool> Kernels()
    {
        var data = new TheoryData<string, int, int, bool>();
        foreach (var plan in Plans)
        {
            foreach (var width in Enum.GetValues<KernelWidth>().Where(KernelSets.IsSupported))
            {
                data.Add(plan, (int)width, 1, false);
                data.Add(plan, (int)width, 2, false);
                if (width != KernelWidth.None)
                {
                    data.Add(plan, (int)width, 2, true);
                }
            }
        }

        return data;
    }

    public static TheoryData<string, int, bool> StepKernels()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var plan in Plans)
        {
            foreach (var width in Enum.GetValues<KernelWidth>().Where(KernelSets.IsSupported))
            {
                if (width != KernelWidth.None)
                {
                    data.Add(plan, (int)width, false);
                    data.Add(plan, (int)width, true);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_width_gives_the_bits_of_the_function_bodies(
        string plan, int width, int threads, bool wholeProducts)
    {
        var expected = Specification[plan].Value;

        AssertSame(expected, Run(plan, (KernelWidth)width, threads, wholeProducts));
    }

    [Theory]
    [MemberData(nameof(StepKernels))]
    public void Calls_without_ONNX_Runtime_give_the_bits_of_the_function_bodies(string plan, int width, bool isWhole)
    {
        using var model = TinyModel.Graph.OpenSteps(plan, (KernelWidth)width, threads: 3, _ => isWhole);

        AssertSame(Specification[plan].Value, Run(model));
    }

    [Fact]
    public void The_outcomes_that_are_compared_differ_from_plan_to_plan_and_hold_numbers()
    {
        var (fast, precise) = (Specification["fast"].Value, Specification["precise"].Value);

        for (var i = 0; i < fast.Count; i++)
        {
            Assert.DoesNotContain(fast[i].Logits, bits => !float.IsFinite(BitConverter.UInt32BitsToSingle(bits)));
            Assert.True(fast[i].Logits.Length == 0 || fast[i].Logits.Distinct().Count() > 1);
            Assert.True(fast[i].Logits.Length == 0 || !fast[i].Logits.AsSpan().SequenceEqual(precise[i].Logits));
        }
    }

    private static void AssertSame(List<Outcome> expected, List<Outcome> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Case, actual[i].Case);
            Assert.True(expected[i].Logits.AsSpan().SequenceEqual(actual[i].Logits), $"logits of {expected[i].Case}");
            Assert.True(expected[i].Cache == actual[i].Cache, $"keys or values of {expected[i].Case}");
        }
    }

    private static List<Outcome> Run(string plan, KernelWidth width, int threads, bool wholeProducts = false)
    {
        using var model = TinyModel.Graph.Open(plan, width, threads, wholeProducts);
        return Run(model);
    }

    private static List<Outcome> Run(OnnxLanguageModel model)
    {
        var outcomes = new List<Outcome>();
        foreach (var past in Pasts)
        {
            for (var i = 0; i < Counts.Length; i++)
            {
                // Batches 1..3 take turns; logits are requested from the first, a middle and the last position, and not
                // at all.
                var batch = 1 + ((i + past) % 3);
                int[] starts = [0, Counts[i] / 2, Counts[i] - 1, Counts[i]];
                outcomes.Add(Call(model, batch, past, Counts[i], starts[(i + past) % starts.Length]));
            }
        }

        outcomes.AddRange([Call(model, 3, 65, 7, 0), Call(model, 2, 63, 130, 129), Call(model, 3, 64, 64, 0)]);
        return outcomes;
    }

    private static Outcome Call(OnnxLanguageModel model, int batch, int past, int count, int logitsFrom)
    {
        using var cache = (OnnxKeyValueCache)model.CreateCache(batch, past + count);
        LogitBits.Poison(cache);
        var random = new Random((past * 1000) + count);
        if (past > 0)
        {
            model.Forward(cache, Tokens(random, batch * past), past);
        }

        var logits = LogitBits.Of(model.Forward(cache, Tokens(random, batch * count), logitsFrom).Span);
        Assert.Equal(batch * (count - logitsFrom) * model.Shape.Vocabulary, logits.Length);
        return new Outcome((batch, past, count, logitsFrom), logits, LogitBits.Hash(cache));
    }

    private static int[] Tokens(Random random, int count)
    {
        var tokens = new int[count];
        for (var i = 0; i < count; i++)
        {
            tokens[i] = random.Next(TinyModel.Graph.Shape.Vocabulary);
        }

        return tokens;
    }

    private sealed record Outcome((int Batch, int Past, int Count, int LogitsFrom) Case, uint[] Logits, ulong Cache);
}
