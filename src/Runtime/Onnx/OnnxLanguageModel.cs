using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>The exported model on the CPU, in ONNX Runtime or, for few rows, without it; for one call at a time.</summary>
internal sealed class OnnxLanguageModel : ILanguageModel
{
    /// <summary>
    /// Number of call shapes kept: the single step, alone and with one to eight guesses, the full chunk, and the partial chunks
    /// at the ends of a window.
    /// </summary>
    private const int MaxCalls = 12;

    /// <summary>
    /// How long a thread waits for the next operator before it sleeps. The default of ONNX Runtime is much longer: on a
    /// busy machine, decompression takes three times as long with it (docs/onnxruntime.md).
    /// </summary>
    private const string SpinMicroseconds = "20";

    private readonly ModelSession _session;
    private readonly StepModel? _steps;
    private readonly bool _ownsSession;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly RecentCalls<(int Count, int LogitsFrom), ModelCall> _calls = new(MaxCalls);

    /// <summary>Opens a model.</summary>
    /// <param name="graph">The graph; its weights lie beside it.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="threads">Threads of ONNX Runtime, at least 1.</param>
    /// <param name="width">Which kernels to register.</param>
    /// <param name="wholeProducts">Whether products of two parts are done whole, by a kernel.</param>
    /// <param name="calls">See <see cref="ModelSession"/>.</param>
    /// <param name="steps">Computes calls of few rows, or null; disposed with this.</param>
    public OnnxLanguageModel(
        FileSlice graph, ModelShape shape, int threads, KernelWidth width, bool wholeProducts, int calls = int.MaxValue,
        StepModel? steps = null)
        : this(
            new ModelSession(packs => OpenSession(graph, threads, width, wholeProducts && packs, packs), calls), shape,
            steps, threads > 1, ownsSession: true)
    {
    }

    private OnnxLanguageModel(ModelSession session, ModelShape shape, StepModel? steps, bool isParallel, bool ownsSession)
    {
        Shape = shape;
        IsParallel = isParallel;
        _session = session;
        _steps = steps;
        _ownsSession = ownsSession;
        _inputNames = ModelTensors.Inputs(shape);
        _outputNames = ModelTensors.Outputs(shape);
    }

    /// <summary>Version of the ONNX Runtime library.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();

    /// <summary>Execution provider of the sessions.</summary>
    public const string Provider = "CPU";

    public ModelShape Shape { get; }

    public bool IsParallel { get; }

    public ReadOnlyMemory<float> HiddenStates { get; private set; }

    /// <summary>
    /// The same model for another caller: it shares session, weights and threads with this one, which must outlive it, and
    /// has buffers of its own. Calls of both may run at the same time.
    /// </summary>
    public OnnxLanguageModel Share() => new(_session, Shape, _steps, IsParallel, ownsSession: false);

    public IKeyValueCache CreateCache(int lanes, int positions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positions, Shape.Positions);
        return new OnnxKeyValueCache(Shape, lanes, positions, _calls.Forget);
    }

    public ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom)
    {
        var count = tokens.Length / cache.Lanes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cache.Length + count, cache.Capacity);
        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)Shape.Vocabulary);
        }

        try
        {
            // One row is kept even if none is needed: MatMulInteger of no rows returns a tensor of the wrong shape.
            var call = Call((OnnxKeyValueCache)cache, count, Math.Min(logitsFrom, count - 1));
            var logits = Run(call, tokens);
            if (logitsFrom >= count)
            {
                HiddenStates = default;
                return default;
            }

            _calls.Return();
            HiddenStates = call.HiddenStates;
            return logits;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new EnvironmentException($"ONNX Runtime failed: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        _calls.Dispose();
        _runOptions.Dispose();
        if (_ownsSession)
        {
            _session.Dispose();
            _steps?.Dispose();
        }
    }

    /// <summary>Opens a session with the options that exactness needs.</summary>
    /// <param name="graph">The graph; its weights lie beside it.</param>
    /// <param name="threads">Threads of ONNX Runtime, at least 1.</param>
    /// <param name="width">Which kernels to register.</param>
    /// <param name="wholeProducts">Whether products of two parts are done whole, by a kernel.</param>
    /// <param name="packs">Whether weights are packed now, or by every product.</param>
    public static InferenceSession OpenSession(
        FileSlice graph, int threads, KernelWidth width, bool wholeProducts = false, bool packs = true)
    {
        try
        {
            using var options = new SessionOptions
            {
                // Any graph optimisation may change a rounding, and this graph has nothing left to optimise.
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,

                // Shapes change from call to call, and the memory plans kept for them would only accumulate.
                EnableMemoryPattern = false,
            };
            options.AddSessionConfigEntry("session.disable_quant_qdq", "1");
            options.AddSessionConfigEntry("mlas.disable_kleidiai", "1");
            options.AddSessionConfigEntry("session.use_deterministic_compute", "1");
            options.AddSessionConfigEntry("session.disable_prepacking", packs ? "0" : "1");
            options.AddSessionConfigEntry("session.intra_op.spin_duration_us", SpinMicroseconds);
            if (width != KernelWidth.None)
            {
                KernelRegistry.Add(options, KernelDomains.Get(width));
            }

            if (graph.Pack is null && !wholeProducts)
            {
                return new InferenceSession(graph.Path, options);
            }

            var model = graph.ReadAll();
            model = graph.Pack is null ? model : WeightLocations.MoveInto(graph.Pack, model);
            model = wholeProducts ? WholeProductGraph.Rewrite(model) : model;
            var folder = Path.GetDirectoryName(Path.GetFullPath(graph.Path))!;
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
            return new InferenceSession(model, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or OnnxRuntimeException or DllNotFoundException or TypeInitializationException)
        {
            throw new EnvironmentException($"{graph.Path}: ONNX Runtime cannot open the model: {exception.Message}", exception);
        }
    }

    private ReadOnlyMemory<float> Run(ModelCall call, ReadOnlySpan<int> tokens)
    {
        if (_steps?.Enter(tokens.Length, _session.IsPacked) is { } weights)
        {
            return call.Run(_steps, weights, tokens);
        }

        var session = _session.Enter(tokens.Length);
        try
        {
            return call.Run(session, _runOptions, _inputNames, _outputNames, tokens);
        }
        finally
        {
            _session.Leave(session);
        }
    }

    private ModelCall Call(OnnxKeyValueCache cache, int count, int logitsFrom)
    {
        var call = _calls.Find(cache, (count, logitsFrom));
        if (call is null)
        {
            var logits = _calls.MakeRoom(checked(cache.Lanes * (count - logitsFrom) * Shape.Vocabulary));
            call = new ModelCall(Shape, cache, count, logitsFrom, logits);
            _calls.Add(cache, (count, logitsFrom), call);
        }

        return call;
    }
}
