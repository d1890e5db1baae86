using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Onnx.Graphs;
using OrtApi = NacrithOnnx.Runtime.Onnx.CustomOps.OrtApi;

namespace NacrithOnnx.Tests.Onnx.CustomOps;

/// <summary>
/// A failure in a kernel becomes a failure of the call, with its message, and does not end the process.
/// </summary>
public sealed unsafe class FailureTests
{
    private const string Operator = "Fails";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void An_exception_in_an_item_of_work_fails_the_call(int items)
    {
        var exception = Assert.Throws<OnnxRuntimeException>(() => Run(context =>
        {
            var work = new FailingWork { First = 0 };
            context.Parallel.For(ref work, items);
        }));

        Assert.Contains("an item of work failed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_other_items_run_all_the_same()
    {
        var done = new int[64];
        fixed (int* counts = done)
        {
            var pointer = (nint)counts;
            Assert.Throws<OnnxRuntimeException>(() => Run(context =>
            {
                var work = new FailingWork { First = 60, Done = (int*)pointer };
                context.Parallel.For(ref work, 64);
            }));
        }

        Assert.All(done[..60], count => Assert.Equal(1, count));
        Assert.All(done[60..], count => Assert.Equal(0, count));
    }

    [Fact]
    public void A_missing_input_fails_the_call()
    {
        const int MissingInput = 7;

        var exception = Assert.Throws<OnnxRuntimeException>(() => Run(context => context.Input<byte>(MissingInput)));

        Assert.Contains("no input 7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_is_thrown_with_its_message()
    {
        fixed (byte* message = "the reason\0"u8)
        {
            var status = OrtApi.CreateStatus(1, message);

            var exception = Assert.Throws<InvalidOperationException>(() => OrtApi.Check(status));

            Assert.EndsWith("the reason", exception.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Runs a graph of one node that <paramref name="compute"/> computes.</summary>
    private static void Run(KernelCompute compute)
    {
        var body = new GraphBuilder();
        body.NodeInto("Identity", ["x"], ["y"]);
        var function = new OnnxFunction(KernelRegistry.Domain, Operator, ["x"], ["y"], body);
        var model = new OnnxModel("fails");
        model.Input("x", OnnxType.UInt8, 1);
        model.Call(function, ["x"], ["y"]);
        model.Output("y", OnnxType.UInt8, 1);
        using var options = new SessionOptions { IntraOpNumThreads = 2 };
        KernelRegistry.Add(options, KernelRegistry.CreateDomain(
            [new KernelDefinition(Operator, [TensorType.UInt8], [TensorType.UInt8], compute)]));
        using var session = new InferenceSession(model.ToArray(), options);
        using var input = OrtValue.CreateTensorValueFromMemory<byte>([1], [1]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["x"], [input], ["y"]);
    }

    private struct FailingWork : IWork
    {
        public int First;
        public int* Done;

        public readonly void Run(int item)
        {
            if (item >= First)
            {
                throw new InvalidOperationException("an item of work failed");
            }

            Interlocked.Increment(ref Done[item]);
        }
    }
}
