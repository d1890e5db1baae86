using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>State shared by all calls of one shape on one cache: what is bound stays bound.</summary>
internal sealed class CudaCall : IDisposable
{
    private readonly CudaSession _session;
    private readonly CudaKeyValueCache _cache;
    private readonly CallShape _shape;
    private readonly int _positions;
    private readonly OrtIoBinding _binding;
    private readonly PinnedTensor<long> _tokens;
    private readonly PinnedTensor<long> _tokenPositions;
    private readonly PinnedTensor<long> _rows;
    private readonly PinnedTensor<long> _columns;
    private readonly PinnedTensor<long> _kept;
    private readonly PinnedTensor<float> _logits;
    private readonly PinnedTensor<float> _hidden;

    public CudaCall(CudaSession session, ModelShape shape, CudaKeyValueCache cache, CallShape call, float[] logits)
    {
        _session = session;
        _positions = shape.Positions;
        _cache = cache;
        _shape = call;
        _tokens = new PinnedTensor<long>(cache.Lanes, call.Count);
        _tokens.Span.Clear();
        _tokenPositions = new PinnedTensor<long>(call.Count);
        _rows = new PinnedTensor<long>(call.Count);
        _kept = new PinnedTensor<long>(call.Kept);
        _columns = new PinnedTensor<long>(call.Rows);
        for (var i = 0; i < call.Rows; i++)
        {
            _columns.Span[i] = i;
        }

        _logits = new PinnedTensor<float>(logits, [cache.Lanes, call.Kept, shape.Vocabulary]);
        _hidden = new PinnedTensor<float>(cache.Lanes, call.Kept, shape.Hidden);
        _binding = session.Session.CreateIoBinding();
        _binding.BindInput(CudaTensors.Columns, _columns.Value);
        cache.BindInputs(_binding, CudaTensors.Past(shape), call.Rows);
        cache.BindOutputs(_binding, CudaTensors.Present(shape), call.Rows);
        _binding.BindOutput(CudaTensors.Logits, _logits.Value);
        _binding.BindOutput(CudaTensors.HiddenStates, _hidden.Value);
        BindTokens();
    }

    /// <summary>Logits of the last run [lanes, kept, vocabulary].</summary>
    public ReadOnlyMemory<float> Logits => _logits.Memory;

    /// <summary>Hidden states of the last run [lanes, kept, hidden].</summary>
    public ReadOnlyMemory<float> HiddenStates => _hidden.Memory;

    /// <summary>Feeds <paramref name="count"/> tokens of each lane; the last of them get logits.</summary>
    public void Run(RunOptions options, ReadOnlySpan<int> tokens, int count)
    {
        var past = _cache.Length;
        for (var lane = 0; lane < _cache.Lanes; lane++)
        {
            for (var i = 0; i < count; i++)
            {
                _tokens.Span[(lane * _shape.Count) + i] = tokens[(lane * count) + i];
            }
        }

        for (var i = 0; i < _shape.Count; i++)
        {
            // Padding has no position of its own: what it computes is not kept, and the next call writes over its rows.
            _rows.Span[i] = past + i;
            _tokenPositions.Span[i] = Math.Min(past + i, _positions - 1);
        }

        for (var i = 0; i < _shape.Kept; i++)
        {
            _kept.Span[i] = count - _shape.Kept + i;
        }

        if (_session.Device.HasOwnMemory)
        {
            // Binding is what copies an input to the device.
            BindTokens();
        }

        _binding.SynchronizeBoundInputs();
        _session.Session.RunWithBinding(options, _binding);
        _binding.SynchronizeBoundOutputs();
        _cache.Grow(count);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _tokens.Dispose();
        _tokenPositions.Dispose();
        _rows.Dispose();
        _columns.Dispose();
        _kept.Dispose();
        _logits.Dispose();
        _hidden.Dispose();
    }

    private void BindTokens()
    {
        _binding.BindInput(CudaTensors.Tokens, _tokens.Value);
        _binding.BindInput(CudaTensors.Positions, _tokenPositions.Value);
        _binding.BindInput(CudaTensors.Rows, _rows.Value);
        _binding.BindInput(CudaTensors.Kept, _kept.Value);
    }
}
