using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

/// <summary>Runs a model with two parts everywhere and records the inputs of each matrix product.</summary>
internal sealed class Calibrator(string path, ModelShape shape)
{
    /// <summary>Nothing is cached, but the graph needs these inputs.</summary>
    private const int Capacity = ExactArithmetic.CacheMultiple;

    /// <summary>Measures texts of <see cref="CalibrationText.Length"/> tokens each.</summary>
    public ModelStatistics Measure(ReadOnlySpan<int> texts)
    {
        var statistics = ModelStatistics.Empty(shape);
        var length = CalibrationText.Length(shape);
        using var session = OnnxLanguageModel.OpenSession(
            FileSlice.Whole(path), Environment.ProcessorCount, KernelSets.Best);
        using var run = new RunOptions();
        using var cache = new CacheTensors(shape, 1, Capacity, tiled: true);
        using var tokens = new PinnedTensor<long>(1, length);
        using var positions = new PinnedTensor<long>(1, length);
        using var zero = new PinnedTensor<long>(1);
        zero.Span[0] = 0;
        var inputs = new List<OrtValue> { tokens.Value, positions.Value, zero.Value, zero.Value };
        cache.AddTo(inputs);
        var inputNames = ModelTensors.Inputs(shape);
        var outputNames = ModelGraph.ActivationOutputs(shape);
        for (var start = 0; start < texts.Length; start += length)
        {
            for (var i = 0; i < length; i++)
            {
                tokens.Span[i] = texts[start + i];
                positions.Span[i] = i;
            }

            using var outputs = session.Run(run, inputNames, inputs, outputNames);
            Record(statistics, outputs);
        }

        return statistics;
    }

    private static void Record(ModelStatistics statistics, IReadOnlyList<OrtValue> outputs)
    {
        var next = 0;
        void Add(ActivationStatistics target)
        {
            target.Add(outputs[next].GetTensorDataAsSpan<byte>(), outputs[next + 1].GetTensorDataAsSpan<float>());
            next += 2;
        }

        foreach (var layer in statistics.Layers)
        {
            Add(layer.Qkv);
            Add(layer.Output);
            Add(layer.GateUp);
            Add(layer.Down);
        }
    }
}
