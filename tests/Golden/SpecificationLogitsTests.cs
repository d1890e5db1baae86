using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>
/// The real model without kernels: ONNX Runtime executes the function bodies, as any other runtime would. Inlining
/// them takes half a minute, so this covers one plan; the tiny model covers the other.
/// </summary>
public sealed class SpecificationLogitsTests
{
    [Fact]
    public void The_function_bodies_of_the_real_model_give_the_golden_logits()
    {
        using var model = RealModel.Open("fast", KernelWidth.None, 2);
        using var cache = model.CreateCache(1, RealModel.Prompt.Length);

        var logits = model.Forward(cache, RealModel.Prompt, 0).Span;

        Assert.Equal(RealModel.FastLogits, LogitBits.Hash(LogitBits.Of(logits)));
    }
}
