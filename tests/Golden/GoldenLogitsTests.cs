using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// The real model's logits for a prompt, against a fixed hash that must hold on every machine and for every way to feed
/// the prompt.
/// </summary>
public sealed class GoldenLogitsTests
{
    [Theory]
    [InlineData("fast", 1, false)]
    [InlineData("fast", 2, false)]
    [InlineData("fast", 2, true)]
    [InlineData("precise", 1, false)]
    [InlineData("precise", 2, false)]
    [InlineData("precise", 2, true)]
    public void Every_way_to_feed_the_prompt_gives_the_golden_logits(string plan, int threads, bool wholeProducts)
    {
        using var model = RealModel.Open(plan, KernelSets.Best, threads, wholeProducts);
        var golden = RealModel.Logits(plan);

        Assert.Equal(golden, Feed(model, RealModel.Prompt.Length));
        Assert.Equal(golden, Feed(model, 1));
        Assert.Equal(golden, Feed(model, 7, 1, 13, 17, 3));
        Assert.Equal(golden, Feed(model, 40, 1));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("precise")]
    public void A_stream_beside_it_changes_nothing(string plan)
    {
        using var model = RealModel.Open(plan, KernelSets.Best, 2);
        var prompt = RealModel.Prompt;
        int[] other = [model.Shape.StartToken, .. prompt[1..].Reverse()];
        using var cache = model.CreateCache(2, prompt.Length);

        var logits = model.Forward(cache, [.. prompt, .. other], 0).Span;

        var half = logits.Length / 2;
        Assert.Equal(RealModel.Logits(plan), LogitBits.Hash(LogitBits.Of(logits[..half])));
        Assert.NotEqual(RealModel.Logits(plan), LogitBits.Hash(LogitBits.Of(logits[half..])));

        cache.Truncate(0);
        logits = model.Forward(cache, [.. other, .. prompt], 0).Span;
        Assert.Equal(RealModel.Logits(plan), LogitBits.Hash(LogitBits.Of(logits[half..])));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("precise")]
    public void Weights_that_are_not_packed_give_the_golden_logits(string plan)
    {
        using var model = RealModel.Open(plan, KernelSets.Best, 2, calls: 1);

        Assert.Equal(RealModel.Logits(plan), Feed(model, 38, 1));
    }

    [Theory]
    [InlineData("fast", 1)]
    [InlineData("fast", 3)]
    [InlineData("precise", 2)]
    public void Calls_without_ONNX_Runtime_give_the_golden_logits(string plan, int threads)
    {
        // Without packed weights, ONNX Runtime gets no call.
        using var model = RealModel.Open(plan, KernelSets.Best, threads, calls: 0, steps: true);
        var golden = RealModel.Logits(plan);

        Assert.Equal(golden, Feed(model, RealModel.Prompt.Length));
        Assert.Equal(golden, Feed(model, 1));
        Assert.Equal(golden, Feed(model, 7, 1, 13, 17, 3));
    }

    /// <summary>Hash of all logits when the prompt is fed in chunks; the last length repeats as needed.</summary>
    private static ulong Feed(OnnxLanguageModel model, params ReadOnlySpan<int> lengths)
    {
        var prompt = RealModel.Prompt;
        using var cache = (OnnxKeyValueCache)model.CreateCache(1, prompt.Length);
        LogitBits.Poison(cache);
        var bits = new List<uint>();
        for (var call = 0; cache.Length < prompt.Length; call++)
        {
            var length = lengths[Math.Min(call, lengths.Length - 1)];
            bits.AddRange(LogitBits.Of(model.Forward(cache, prompt.AsSpan(cache.Length, length), 0).Span));
        }

        return LogitBits.Hash(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bits));
    }
}
