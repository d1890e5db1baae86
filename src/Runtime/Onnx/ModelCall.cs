using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Kernels.Steps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>State shared by all calls of one shape on one cache: created once, so a step allocates nothing.</summary>
internal sealed class ModelCall : IDisposable
{
    private readonly OnnxKeyValueCache _cache;
    private readonly int _count;
    private readonly PinnedTensor<long> _tokens;
    private readonly PinnedTensor<long> _positions;
    private readonly PinnedTensor<long> _pastLength;
    private readonly PinnedTensor<long> _logitsFrom;
    private readonly PinnedTensor<float> _logits;
    private readonly PinnedTensor<float> _hidden;
    private readonly CacheTensors _present;
    private readonly List<OrtValue> _inputs = [];
    private readonly List<OrtValue> _outputs = [];
    private StepCall? _step;
    private StepBuffers? _buffers;
    private IStages? _stages;

    public ModelCall(ModelShape shape, OnnxKeyValueCache cache, int count, int logitsFrom, float[] logits)
    {
        _cache = cache;
        _count = count;
        _tokens = new PinnedTensor<long>(cache.Lanes, count);
        _positions = new PinnedTensor<long>(cache.Lanes, count);
        _pastLength = new PinnedTensor<long>(1);
        _logitsFrom = new PinnedTensor<long>(1);
        _logitsFrom.Span[0] = logitsFrom;
        _logits = new PinnedTensor<float>(logits, [cache.Lanes, count - logitsFrom, shape.Vocabulary]);
        _hidden = new PinnedTensor<float>(cache.Lanes, count - logitsFrom, shape.Hidden);
        _present = new CacheTensors(shape, cache.Lanes, count, tiled: false);
        _inputs.AddRange([_tokens.Value, _positions.Value, _pastLength.Value, _logitsFrom.Value]);
        cache.Tensors.AddTo(_inputs);
        _outputs.Add(_logits.Value);
        _outputs.Add(_hidden.Value);
        _present.AddTo(_outputs);
    }

    /// <summary>Hidden states of the last run [lanes, count − logitsFrom, hidden].</summary>
    public ReadOnlyMemory<float> HiddenStates => _hidden.Memory;

    /// <summary>Computes the call without ONNX Runtime.</summary>
    public ReadOnlyMemory<float> Run(StepModel steps, StepWeights weights, ReadOnlySpan<int> tokens)
    {
        SetInputs(tokens);
        var call = _step ??= StepCall();
        _buffers ??= new StepBuffers(weights, call.Rows);
        _stages ??= steps.Stages(weights, _buffers, call);
        call.Past = _cache.Length;
        call.Shared = _cache.Shared;
        steps.Run(_stages);
        _cache.Advance(_count);
        return _logits.Memory;
    }

    public ReadOnlyMemory<float> Run(
        InferenceSession session, RunOptions options, string[] inputNames, string[] outputNames, ReadOnlySpan<int> tokens)
    {
        SetInputs(tokens);
        session.Run(options, inputNames, _inputs, outputNames, _outputs);
        _cache.Append(_present);
        return _logits.Memory;
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _positions.Dispose();
        _pastLength.Dispose();
        _logitsFrom.Dispose();
        _logits.Dispose();
        _hidden.Dispose();
        _present.Dispose();
        _buffers?.Dispose();
    }

    private void SetInputs(ReadOnlySpan<int> tokens)
    {
        var past = _cache.Length;
        _pastLength.Span[0] = past;
        var ids = _tokens.Span;
        var positions = _positions.Span;
        for (var i = 0; i < tokens.Length; i++)
        {
            ids[i] = tokens[i];
            positions[i] = past + (i % _count);
        }
    }

    private unsafe StepCall StepCall() => new()
    {
        Lanes = _cache.Lanes,
        Count = _count,
        LogitsFrom = (int)_logitsFrom.Span[0],
        Tokens = _tokens.Pointer,
        Positions = _positions.Pointer,
        Cache = _cache.Tensors.Layers(),
        Capacity = _cache.Tensors.Positions,
        Logits = _logits.Pointer,
        HiddenStates = _hidden.Pointer,
    };
}
