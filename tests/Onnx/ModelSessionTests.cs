using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Onnx;

/// <summary>Weights that are packed after some calls, or never, change no bit.</summary>
public sealed class ModelSessionTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("precise")]
    public void Calls_before_during_and_after_packing_return_the_same(string plan)
    {
        using var packed = TinyModel.Graph.Open(plan, KernelSets.Best);
        using var patient = TinyModel.Graph.Open(plan, KernelSets.Best, calls: 1);
        using var expected = packed.CreateCache(2, 400);
        using var cache = patient.CreateCache(2, 400);
        for (var i = 0; i < 400; i++)
        {
            int[] tokens = [i % 500, (7 * i) % 500];

            var logits = LogitBits.Of(patient.Forward(cache, tokens, 0).Span);

            Assert.Equal(LogitBits.Of(packed.Forward(expected, tokens, 0).Span), logits);
        }
    }

    [Fact]
    public void The_first_session_is_used_for_few_calls_and_closed_after_many()
    {
        var opened = new List<bool>();
        using var sessions = new ModelSession(
            packs =>
            {
                lock (opened)
                {
                    opened.Add(packs);
                }

                return TinyModel.Graph.OpenSession(packs);
            },
            calls: 1);
        var first = sessions.Enter(1);
        Assert.Equal([false], opened);
        sessions.Leave(first);

        var held = sessions.Enter(1);
        var last = held;
        for (var i = 0; i < 20_000 && ReferenceEquals(last, held); i++)
        {
            last = sessions.Enter(16);
            sessions.Leave(last);
            Thread.Sleep(1);
        }

        Assert.NotSame(held, last);
        Assert.Equal([false, true], opened);

        // Whoever still runs in the first session may go on.
        Assert.NotEmpty(held.InputNames);
        sessions.Leave(held);
        Assert.Same(last, sessions.Enter(1));
    }

    [Fact]
    public void Many_calls_pack_at_once()
    {
        var opened = new List<bool>();
        using var sessions = new ModelSession(
            packs =>
            {
                opened.Add(packs);
                return TinyModel.Graph.OpenSession(packs);
            },
            calls: 1000);

        sessions.Leave(sessions.Enter(1));

        Assert.Equal([true], opened);
    }
}
