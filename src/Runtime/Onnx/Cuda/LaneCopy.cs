using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Onnx.Graphs;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>Fills all lanes of a cache from one lane, on the device.</summary>
internal sealed class LaneCopy : IDisposable
{
    private const string Sources = "sources";

    private readonly CudaSession _session;
    private readonly string[] _past;
    private readonly string[] _present;

    public LaneCopy(ModelShape shape, ComputeDevice device)
    {
        _past = CudaTensors.Past(shape);
        _present = CudaTensors.Present(shape);
        _session = new CudaSession(Write(shape), folder: null, device);
    }

    /// <summary>Copies the first rows of a cache of one lane to every lane of another one.</summary>
    public void Run(RunOptions options, CudaKeyValueCache source, CudaKeyValueCache target, int rows)
    {
        using var sources = new PinnedTensor<long>(target.Lanes);
        sources.Span.Clear();
        using var binding = _session.Session.CreateIoBinding();
        binding.BindInput(Sources, sources.Value);
        source.BindInputs(binding, _past, rows);
        target.BindOutputs(binding, _present, rows);
        binding.SynchronizeBoundInputs();
        _session.Session.RunWithBinding(options, binding);
        binding.SynchronizeBoundOutputs();
    }

    public void Dispose() => _session.Dispose();

    /// <summary>Gather with lane 0 for every lane.</summary>
    private byte[] Write(ModelShape shape)
    {
        var model = new OnnxModel("lane-copy");
        model.Input(Sources, OnnxType.Int64, "lanes");
        for (var i = 0; i < _past.Length; i++)
        {
            var tensor = CudaCacheTensor.All[i % CudaCacheTensor.All.Length];
            model.Input(_past[i], tensor.Type, tensor.Dimensions(shape, "rows", 1L));
            model.Graph.NodeInto("Gather", [_past[i], Sources], [_present[i]], OnnxAttribute.Int("axis", 1));
            model.Output(_present[i], tensor.Type, tensor.Dimensions(shape, "rows", "lanes"));
        }

        return model.ToArray();
    }
}
