using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx.Cuda;

/// <summary>
/// The graph for CUDA against the kernels, bit for bit. The CPU provider computes it here: each of its operators gives
/// one result on every provider, so only the graph and the code around it are in question.
/// </summary>
public sealed class CudaTwinTests
{
    private static readonly ModelShape Shape = TinyModel.Graph.Shape;

    /// <summary>Single steps, padded and unpadded chunks, and caches that pass 256 rows; one to three lanes.</summary>
    public static TheoryData<string, int, int, int, int> Calls()
    {
        var data = new TheoryData<string, int, int, int, int>();
        foreach (var plan in (string[])["fast", "precise"])
        {
            data.Add(plan, 1, 0, 1, 0);
            data.Add(plan, 1, 0, 7, 3);
            data.Add(plan, 3, 1, 1, 0);
            data.Add(plan, 2, 65, 33, 32);
            data.Add(plan, 3, 64, 64, 0);
            data.Add(plan, 1, 250, 130, 130);
            data.Add(plan, 2, 200, 256, 200);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_gives_the_bits_of_the_kernels(string plan, int lanes, int past, int count, int logitsFrom)
    {
        using var kernels = TinyModel.Graph.Open(plan, KernelSets.Best);
        using var cuda = Open(plan);

        var expected = Run(kernels, lanes, past, count, logitsFrom);
        var actual = Run(cuda, lanes, past, count, logitsFrom);

        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("precise")]
    public void Steps_after_a_truncation_give_the_bits_of_one_call(string plan)
    {
        using var model = Open(plan);
        var tokens = Tokens(40, 5);
        using var whole = model.CreateCache(1, 40);
        var expected = LogitBits.Of(model.Forward(whole, tokens, 0).Span);
        using var cache = model.CreateCache(1, 40);

        // What is cut off, and the padding behind it, must not be seen again.
        model.Forward(cache, [.. tokens[..20], .. tokens[..13]], 33);
        cache.Truncate(20);
        var bits = LogitBits.Of(model.Forward(cache, tokens.AsSpan(20, 17), 0).Span).ToList();
        for (var i = 37; i < tokens.Length; i++)
        {
            bits.AddRange(LogitBits.Of(model.Forward(cache, tokens.AsSpan(i, 1), 0).Span));
        }

        Assert.True(expected.AsSpan(20 * Shape.Vocabulary).SequenceEqual(bits.ToArray()));
    }

    [Fact]
    public void Lanes_copied_from_one_go_on_as_if_each_had_been_fed()
    {
        using var model = Open("fast");
        var tokens = Tokens(70, 6);
        using var one = model.CreateCache(1, 70);
        model.Forward(one, tokens, 70);
        using var three = model.CreateCache(3, 100);

        three.CopyFrom(one);
        var logits = LogitBits.Of(model.Forward(three, [1, 2, 3], 0).Span);

        Assert.Equal(71, three.Length);
        for (var lane = 0; lane < 3; lane++)
        {
            using var single = model.CreateCache(1, 71);
            var expected = LogitBits.Of(model.Forward(single, [.. tokens, lane + 1], 70).Span);
            Assert.True(expected.AsSpan().SequenceEqual(logits.AsSpan(lane * Shape.Vocabulary, Shape.Vocabulary)));
        }
    }

    [Fact]
    public void The_last_position_of_the_model_can_be_fed()
    {
        using var model = Open("fast");
        using var kernels = TinyModel.Graph.Open("fast", KernelSets.Best);

        Assert.Equal(Run(kernels, 1, Shape.Positions - 3, 3, 2), Run(model, 1, Shape.Positions - 3, 3, 2));
    }

    private static CudaLanguageModel Open(string plan) => new(
        FileSlice.Whole(Path.Combine(TinyModel.Graph.Folder, TinyModel.Graph.Manifest.Graphs[plan])), Shape, ComputeDevice.Cpu);

    /// <summary>Bits of the logits and the hidden states of a call after <paramref name="past"/> positions.</summary>
    private static uint[] Run(ILanguageModel model, int lanes, int past, int count, int logitsFrom)
    {
        using var cache = model.CreateCache(lanes, past + count);
        if (past > 0)
        {
            model.Forward(cache, Tokens(lanes * past, 1), past);
        }

        var logits = model.Forward(cache, Tokens(lanes * count, 2), logitsFrom).Span;
        Assert.Equal(lanes * (count - logitsFrom) * Shape.Vocabulary, logits.Length);
        return [.. LogitBits.Of(logits), .. LogitBits.Of(model.HiddenStates.Span)];
    }

    private static int[] Tokens(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(Shape.Vocabulary))];
    }
}
