using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Compare;

/// <summary>Times the float32 export of a model in the same ONNX Runtime, with all its optimisations.</summary>
internal static class FloatModel
{
    /// <summary>Seconds to prefill tokens: the fastest of <paramref name="runs"/> after one warm-up run.</summary>
    public static double Seconds(ModelShape shape, ReadOnlySpan<int> tokens, int threads, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("nacrith-float-");
        try
        {
            FloatGraph.Write(shape, tokens.Length, folder.FullName);
            using var options = new SessionOptions
            {
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                IntraOpNumThreads = threads,
            };
            using var session = new InferenceSession(Path.Combine(folder.FullName, FloatGraph.FileName), options);
            var ids = new long[tokens.Length];
            for (var i = 0; i < ids.Length; i++)
            {
                ids[i] = tokens[i];
            }

            using var input = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
            using var runOptions = new RunOptions();
            var best = double.MaxValue;
            for (var run = -1; run < runs; run++)
            {
                var start = Stopwatch.GetTimestamp();
                using var outputs = session.Run(runOptions, [FloatGraph.Tokens], [input], [FloatGraph.Output]);
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                best = run < 0 ? best : Math.Min(best, seconds);
            }

            return best;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
