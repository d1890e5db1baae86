using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx;

/// <summary>When calls are computed without ONNX Runtime, and that it changes no bit.</summary>
public sealed class StepModelTests
{
    [Theory]
    [InlineData("fast", 12, 2)]
    [InlineData("precise", 12, 2)]
    [InlineData("fast", 33, 1)]
    public void Steps_of_many_lanes_are_those_of_ONNX_Runtime(string plan, int lanes, int threads)
    {
        using var onnx = TinyModel.Graph.Open(plan, KernelSets.Best);
        using var steps = TinyModel.Graph.OpenSteps(plan, KernelSets.Best, threads);
        using var expected = onnx.CreateCache(lanes, 80);
        using var cache = steps.CreateCache(lanes, 80);
        for (var i = 0; i < 80; i++)
        {
            AssertSame(onnx, expected, steps, cache, Tokens(i, lanes));
        }
    }

    [Fact]
    public void Lanes_that_begin_alike_read_the_first_lane_until_they_differ()
    {
        using var onnx = TinyModel.Graph.Open("fast", KernelSets.Best);
        using var steps = TinyModel.Graph.OpenSteps("fast", KernelSets.Best, 2);
        using var first = onnx.CreateCache(1, 150);
        using var second = steps.CreateCache(1, 150);
        AssertSame(onnx, first, steps, second, Tokens(0, 150));
        using var expected = onnx.CreateCache(3, 200);
        using var cache = steps.CreateCache(3, 200);

        foreach (var length in (int[])[150, 128, 127, 70])
        {
            expected.CopyFrom(first);
            cache.CopyFrom(second);
            expected.Truncate(length);
            cache.Truncate(length);
            for (var i = 0; i < 9; i++)
            {
                AssertSame(onnx, expected, steps, cache, Tokens(i, i < 5 ? 3 : 24));
            }

            Assert.Equal(length, ((OnnxKeyValueCache)cache).Shared);
        }
    }

    [Fact]
    public void A_call_may_change_from_one_to_the_other_at_any_time()
    {
        using var onnx = TinyModel.Graph.Open("fast", KernelSets.Best);
        using var mixed = new OnnxLanguageModel(
            TinyModel.Graph.GraphFile("fast"), TinyModel.Graph.Shape, 2, KernelSets.Best, wholeProducts: false, int.MaxValue,
            TinyModel.Graph.Steps("fast", KernelSets.Best, 2, patience: 5));
        using var expected = onnx.CreateCache(1, 300);
        using var cache = mixed.CreateCache(1, 300);
        foreach (var count in (int[])[1, 1, 1, 1, 1, 40, 1, 1, 1, 1, 1, 1, 1, 1, 50, 1, 9, 1, 64, 1])
        {
            AssertSame(onnx, expected, mixed, cache, Tokens(cache.Length, count));
        }
    }

    [Fact]
    public void Callers_that_share_a_model_may_run_at_once()
    {
        using var onnx = TinyModel.Graph.Open("fast", KernelSets.Best);
        using var steps = TinyModel.Graph.OpenSteps("fast", KernelSets.Best, 2);

        Parallel.For(0, 4, i =>
        {
            using var first = onnx.Share();
            using var second = steps.Share();
            using var expected = first.CreateCache(3, 60);
            using var cache = second.CreateCache(3, 60);
            for (var step = 0; step < 60; step++)
            {
                AssertSame(first, expected, second, cache, Tokens((100 * i) + step, 3));
            }
        });
    }

    [Fact]
    public void Weights_are_packed_after_many_calls_of_few_rows_in_a_row()
    {
        using var steps = TinyModel.Graph.Steps("fast", KernelSets.Best, 1, patience: 2);

        Assert.Null(steps.Enter(128, isPacked: false));
        Assert.Null(steps.Enter(1, isPacked: true));
        Assert.Null(steps.Enter(StepModel.FewRows, isPacked: true));
        Assert.Null(steps.Enter(StepModel.FewRows + 1, isPacked: true));
        Assert.Null(steps.Enter(1, isPacked: true));
        Assert.Null(steps.Enter(1, isPacked: true));
        var weights = steps.Enter(1, isPacked: true);
        Assert.NotNull(weights);

        Assert.Same(weights, steps.Enter(1, isPacked: false));
        Assert.Null(steps.Enter(128, isPacked: true));
        Assert.Same(weights, steps.Enter(128, isPacked: false));
    }

    [Fact]
    public void Without_patience_they_are_packed_for_the_first_call_that_ONNX_Runtime_has_no_packed_weights_for()
    {
        using var steps = TinyModel.Graph.Steps("fast", KernelSets.Best, 1, patience: 0);

        Assert.Null(steps.Enter(128, isPacked: true));
        Assert.NotNull(steps.Enter(128, isPacked: false));
    }

    [Fact]
    public void A_long_run_of_large_calls_is_left_to_ONNX_Runtime_which_packs_then()
    {
        using var steps = TinyModel.Graph.Steps("fast", KernelSets.Best, 1, patience: 0);
        for (var i = 0; i < 64; i++)
        {
            Assert.NotNull(steps.Enter(128, isPacked: false));
        }

        Assert.Null(steps.Enter(128, isPacked: false));
        Assert.NotNull(steps.Enter(12, isPacked: false));
        Assert.NotNull(steps.Enter(128, isPacked: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_self_test_passes_at_every_width(bool isWhole)
    {
        foreach (var width in Enum.GetValues<KernelWidth>().Where(KernelSets.IsSupported))
        {
            SelfTest.RunSteps(width, _ => isWhole);
        }
    }

    [Fact]
    public void Weights_that_are_missing_are_an_error_of_ours()
    {
        using var folder = new TemporaryFolder();
        var graph = Path.Combine(folder.Path, "model.onnx");
        File.Copy(TinyModel.Graph.GraphFile("fast").Path, graph);
        using var steps = new StepModel(
            FileSlice.Whole(graph), TinyModel.Graph.Shape, 2, KernelSets.Best, patience: 0);

        var exception = Assert.Throws<EnvironmentException>(() => steps.Enter(1, isPacked: true));

        Assert.StartsWith($"{graph}: the weights cannot be read: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_another_shape_is_an_error_of_ours()
    {
        using var steps = new StepModel(
            TinyModel.Graph.GraphFile("fast"), TinyModel.Graph.Shape with { Layers = 3 }, 1, KernelSets.Best, patience: 0);

        Assert.Throws<EnvironmentException>(() => steps.Enter(1, isPacked: true));
    }

    private static void AssertSame(
        OnnxLanguageModel first, IKeyValueCache expected, OnnxLanguageModel second,
        IKeyValueCache cache, int[] tokens)
    {
        var logits = LogitBits.Of(first.Forward(expected, tokens, 0).Span);
        Assert.Equal(logits, LogitBits.Of(second.Forward(cache, tokens, 0).Span));
        Assert.Equal(LogitBits.Of(first.HiddenStates.Span), LogitBits.Of(second.HiddenStates.Span));
        Assert.Equal(expected.Length, cache.Length);
    }

    private static int[] Tokens(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(TinyModel.Graph.Shape.Vocabulary))];
    }
}
