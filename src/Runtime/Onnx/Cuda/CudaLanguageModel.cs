using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// The exported model on a GPU: weights and caches stay there, tokens go up, logits come down. The logits are those of
/// <see cref="OnnxLanguageModel"/>, bit for bit.
/// </summary>
internal sealed class CudaLanguageModel : ILanguageModel
{
    /// <summary>Call shapes kept: the single step and the full chunk, each with two lengths of the cache.</summary>
    private const int MaxCalls = 4;

    private readonly CudaSession _session;
    private readonly RunOptions _options = new();
    private readonly List<CudaCall> _calls = [];
    private LaneCopy? _copy;

    /// <summary>Shared by all calls, because a chunk's logits are the largest tensor.</summary>
    private float[] _logits = [];

    /// <summary>Opens a model.</summary>
    /// <param name="graph">The graph of the model folder; its weights lie beside it.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="EnvironmentException">It cannot be opened there.</exception>
    public CudaLanguageModel(FileSlice graph, ModelShape shape, ComputeDevice device)
    {
        Shape = shape;
        try
        {
            var model = CudaGraph.Write(graph.ReadAll(), shape);
            model = graph.Pack is null ? model : WeightLocations.MoveInto(graph.Pack, model);
            GraphHash = Sha256Digest.Compute(model);
            _session = new CudaSession(model, Path.GetDirectoryName(Path.GetFullPath(graph.Path)), device);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or OnnxRuntimeException or DllNotFoundException or TypeInitializationException)
        {
            throw new EnvironmentException($"{graph.Path}: ONNX Runtime cannot open the model: {OneLine(exception)}", exception);
        }
    }

    public ModelShape Shape { get; }

    /// <summary>Hash of the graph that the device runs.</summary>
    public Sha256Digest GraphHash { get; }

    public ReadOnlyMemory<float> HiddenStates { get; private set; }

    public IKeyValueCache CreateCache(int lanes, int positions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, Shape.Positions);
        return Try(() => new CudaKeyValueCache(this, _session, lanes, positions));
    }

    public ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom)
    {
        var count = tokens.Length / cache.Lanes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cache.Length + count, cache.Capacity);
        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)Shape.Vocabulary);
        }

        var rows = (CudaKeyValueCache)cache;
        var padded = CallShape.Padded(count);
        try
        {
            // One token is kept even if none is needed: a product of no rows is nobody's tested case.
            var kept = Math.Max(count - logitsFrom, 1);
            var call = Call(rows, new CallShape(padded, kept, rows.RowsFor(rows.Length + padded)));
            call.Run(_options, tokens, count);
            HiddenStates = logitsFrom < count ? call.HiddenStates : default;
            return logitsFrom < count ? call.Logits : default;
        }
        catch (OnnxRuntimeException exception)
        {
            throw Failure(exception);
        }
    }

    /// <summary>See <see cref="IKeyValueCache.CopyFrom"/>.</summary>
    public void Copy(CudaKeyValueCache source, CudaKeyValueCache target, int rows) => Try(() =>
    {
        _copy ??= new LaneCopy(Shape, _session.Device);
        _copy.Run(_options, source, target, rows);
        return true;
    });

    /// <summary>Drops the calls on a cache, or all calls, so that nothing keeps a pointer to it.</summary>
    public void Forget(CudaKeyValueCache? cache)
    {
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            if (cache is null || ReferenceEquals(_calls[i].Cache, cache))
            {
                _calls[i].Dispose();
                _calls.RemoveAt(i);
            }
        }
    }

    public void Dispose()
    {
        Forget(null);
        _copy?.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    /// <summary>The first line of a message of ONNX Runtime: others are its source files.</summary>
    internal static string OneLine(Exception exception) => exception.Message.Split('\n', 2)[0].Trim();

    private static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OnnxRuntimeException exception)
        {
            throw Failure(exception);
        }
    }

    private static EnvironmentException Failure(OnnxRuntimeException exception) =>
        new($"ONNX Runtime failed: {OneLine(exception)}", exception);

    private CudaCall Call(CudaKeyValueCache cache, CallShape shape)
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            var call = _calls[i];
            if (ReferenceEquals(call.Cache, cache) && call.Shape == shape)
            {
                if (i > 0)
                {
                    // Most recently used first.
                    _calls.RemoveAt(i);
                    _calls.Insert(0, call);
                }

                return call;
            }
        }

        if (_calls.Count == MaxCalls)
        {
            _calls[^1].Dispose();
            _calls.RemoveAt(MaxCalls - 1);
        }

        var elements = checked(cache.Lanes * shape.Kept * Shape.Vocabulary);
        if (_logits.Length <= elements)
        {
            Forget(null);
            _logits = PinnedTensor<float>.Allocate(elements);
        }

        var made = new CudaCall(_session, Shape, cache, shape, _logits);
        _calls.Insert(0, made);
        return made;
    }
}
