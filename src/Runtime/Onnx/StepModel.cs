using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Simd;
using NacrithOnnx.Runtime.Kernels.Steps;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Computes calls of few rows without ONNX Runtime, bit for bit as it does: weights packed for few rows, and threads that go
/// through a call together instead of being woken for every node (docs/onnxruntime.md). Any number of callers may use it.
/// </summary>
/// <param name="graph">The graph; its weights lie beside it.</param>
/// <param name="shape">Its dimensions.</param>
/// <param name="threads">Threads, at least 1.</param>
/// <param name="width">Width of the kernels.</param>
/// <param name="isWhole">Whether activations of one part, or of two, are multiplied as int16; null for what is fastest here.</param>
/// <param name="patience">Calls of few rows, one after the other, before the weights are packed; 0 to pack them for any call.</param>
internal sealed class StepModel(
    FileSlice graph, ModelShape shape, int threads, KernelWidth width, int patience = StepModel.Patience,
    Func<bool, bool>? isWhole = null) : IDisposable
{
    /// <summary>Rows up to which a call takes less time than in ONNX Runtime with packed weights; both are equal at 32.</summary>
    public const int FewRows = 32;

    /// <summary>
    /// Packing takes as long as the gain of so many calls. A compressor makes one or two such calls in a row, and a message of
    /// a hundred bytes is read by twenty-five.
    /// </summary>
    public const int Patience = 32;

    /// <summary>
    /// Calls of many rows in a row that are computed here while ONNX Runtime has no packed weights. Rebuilding a window takes up
    /// to 32; a compressor makes more, and is faster once ONNX Runtime has packed.
    /// </summary>
    private const int LargePatience = 64;

    private readonly Lock _lock = new();
    private StageTeam? _team;
    private StepWeights? _weights;
    private int _callsInARow;
    private int _largeCallsInARow;

    /// <summary>
    /// Whether this processor has an instruction that makes it fast: VPDPBUSD as .NET knows it, or the 512-bit VPMADDWD.
    /// </summary>
    public static bool IsFast => QuadPanel.IsFast || KernelSets.Best == KernelWidth.Vector512;

    /// <summary>Its weights, if a call is to be computed with them; packs them when they are worth it.</summary>
    /// <param name="rows">Rows of the call.</param>
    /// <param name="isPacked">Whether ONNX Runtime has packed weights; without them it is no faster with many rows.</param>
    /// <exception cref="EnvironmentException">The weights cannot be read, or the processor multiplies them incorrectly.</exception>
    public StepWeights? Enter(int rows, bool isPacked)
    {
        lock (_lock)
        {
            _callsInARow = rows <= FewRows ? _callsInARow + 1 : 0;
            _largeCallsInARow = rows > FewRows ? _largeCallsInARow + 1 : 0;
            if (rows > FewRows && (isPacked || _largeCallsInARow > LargePatience))
            {
                return null;
            }

            if (_weights is null && (patience == 0 || _callsInARow > patience))
            {
                _team ??= new StageTeam(threads);
                _weights = Read();
            }

            return _weights;
        }
    }

    /// <summary>The stages of calls of one shape on one cache.</summary>
    public IStages Stages(StepWeights weights, StepBuffers buffers, StepCall call) => width switch
    {
        KernelWidth.Vector512 => new StepStages<Float32x16, Int32x16, Pairs16>(weights, buffers, call, threads),
        KernelWidth.Vector256 => new StepStages<Float32x8, Int32x8, Pairs8>(weights, buffers, call, threads),
        KernelWidth.Vector128 => new StepStages<Float32x4, Int32x4, Pairs4>(weights, buffers, call, threads),
        _ => new StepStages<Float32x1, Int32x1, Pairs1>(weights, buffers, call, threads),
    };

    /// <summary>Runs a call; its stages come from the weights that <see cref="Enter"/> returned.</summary>
    public void Run(IStages stages) => _team!.Run(stages);

    /// <summary>Releases threads and weights; no call may run.</summary>
    public void Dispose()
    {
        _team?.Dispose();
        _weights?.Dispose();
    }

    private StepWeights Read()
    {
        isWhole ??= isWide => StepMatrix.PrefersWhole(isWide, width);
        SelfTest.RunSteps(width, isWhole);
        try
        {
            return StepWeightReader.Read(graph, shape, isWhole, threads);
        }
        catch (AggregateException exception) when (exception.InnerException is EnvironmentException inner)
        {
            throw inner;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or AggregateException)
        {
            var reason = (exception as AggregateException)?.InnerException ?? exception;
            throw new EnvironmentException($"{graph.Path}: the weights cannot be read: {reason.Message}", reason);
        }
    }
}
