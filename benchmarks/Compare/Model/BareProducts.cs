using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>Times the bare matrix products of a model in the same ONNX Runtime with the same options.</summary>
internal sealed class BareProducts : IDisposable
{
    private readonly List<MatrixShape> _shapes;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nacrith-products-");

    public BareProducts(ModelShape model, string plan, int threads)
    {
        _shapes = ProductGraph.Shapes(model, plan);
        ProductGraph.Write(_shapes, _folder.FullName);
        _session = OnnxLanguageModel.OpenSession(
            FileSlice.Whole(Path.Combine(_folder.FullName, ProductGraph.FileName)), threads, KernelWidth.None);
    }

    /// <summary>Multiplications and additions for one token, in operations, all parts included.</summary>
    public double OperationsPerToken => _shapes.Sum(shape => 2.0 * shape.Inputs * shape.Outputs * (shape.Wide ? 2 : 1));

    /// <summary>Bytes of all weights, which every call reads.</summary>
    public double Bytes => _shapes.Sum(shape => (double)shape.Inputs * shape.Outputs);

    /// <summary>Seconds for one call: the fastest of <paramref name="runs"/> after one warm-up call.</summary>
    public double Seconds(int tokens, int runs)
    {
        var distinct = _shapes.DistinctBy(ProductGraph.Input).ToList();
        var inputs = distinct.ConvertAll(shape => new PinnedTensor<byte>(shape.Wide ? 2 * tokens : tokens, shape.Inputs));
        var head = _shapes[^1];
        using var output = new PinnedTensor<int>(head.Wide ? 2 * tokens : tokens, head.Outputs);
        try
        {
            var names = distinct.ConvertAll(ProductGraph.Input);
            var values = inputs.ConvertAll(tensor => tensor.Value);
            foreach (var tensor in inputs)
            {
                FillActivations(tensor.Span);
            }

            var best = double.MaxValue;
            for (var run = -1; run < runs; run++)
            {
                var start = Stopwatch.GetTimestamp();
                _session.Run(_runOptions, names, values, [ProductGraph.Output], [output.Value]);
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                best = run < 0 ? best : Math.Min(best, seconds);
            }

            return best;
        }
        finally
        {
            inputs.ForEach(tensor => tensor.Dispose());
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Random bytes below the limit of two parts.</summary>
    private static void FillActivations(Span<byte> activations)
    {
        for (var i = 0; i < activations.Length; i++)
        {
            activations[i] = (byte)(i * 31 & ExactArithmetic.WideWeightLimit);
        }
    }
}
