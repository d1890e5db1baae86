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
    private readonly RecentCalls<CallShape, CudaCall> _calls = new(MaxCalls);

    /// <summary>Caches in the memory of the session, which ends with it.</summary>
    private readonly HashSet<CudaKeyValueCache> _caches = [];
    private LaneCopy? _copy;

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

    public bool IsParallel => true;

    /// <summary>Hash of the graph that the device runs.</summary>
    public Sha256Digest GraphHash { get; }

    public ReadOnlyMemory<float> HiddenStates { get; private set; }

    public IKeyValueCache CreateCache(int lanes, int positions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, Shape.Positions);
        var cache = Try(() => new CudaKeyValueCache(this, _session, lanes, positions));
        lock (_caches)
        {
            _caches.Add(cache);
        }

        return cache;
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
            if (logitsFrom >= count)
            {
                HiddenStates = default;
                return default;
            }

            _calls.Return();
            HiddenStates = call.HiddenStates;
            return call.Logits;
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

    /// <summary>Drops the calls on a cache, so that nothing keeps a pointer to it.</summary>
    public void Forget(CudaKeyValueCache cache)
    {
        _calls.Forget(cache);
        lock (_caches)
        {
            _caches.Remove(cache);
        }
    }

    public void Dispose()
    {
        CudaKeyValueCache[] caches;
        lock (_caches)
        {
            caches = [.. _caches];
        }

        // A dictionary may keep its cache longer than the model.
        foreach (var cache in caches)
        {
            cache.Dispose();
        }

        _calls.Dispose();
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
        var call = _calls.Find(cache, shape);
        if (call is null)
        {
            var logits = _calls.MakeRoom(checked(cache.Lanes * shape.Kept * Shape.Vocabulary));
            call = new CudaCall(_session, Shape, cache, shape, logits);
            _calls.Add(cache, shape, call);
        }

        return call;
    }
}
